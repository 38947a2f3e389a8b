using PolicyCompiler.Core.Model.Admin;

namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>What differs between the three kinds.</summary>
internal sealed record AdminVariant
{
    public const string Alpha1 = "policy.networking.k8s.io/v1alpha1";
    public const string Alpha2 = "policy.networking.k8s.io/v1alpha2";

    private static readonly AdminVariant Admin = new()
    {
        Kind = AdminPolicy.AdminKind,
        SpecFields = AdminFields.AdminSpec,
        IngressRuleFields = AdminFields.IngressRule,
        EgressRuleFields = AdminFields.EgressRule,
        Actions = AdminFields.AdminActions,
        EgressPeerFields = AdminFields.EgressPeer,
        MaxItems = 100,
    };

    private static readonly AdminVariant Baseline = Admin with
    {
        Kind = AdminPolicy.BaselineKind,
        SpecFields = AdminFields.BaselineSpec,
        Actions = AdminFields.BaselineActions,
        EgressPeerFields = AdminFields.BaselineEgressPeer,
    };

    private static readonly AdminVariant Cluster = new()
    {
        Kind = AdminPolicy.ClusterKind,
        SpecFields = AdminFields.ClusterSpec,
        IngressRuleFields = AdminFields.ClusterIngressRule,
        EgressRuleFields = AdminFields.ClusterEgressRule,
        Actions = AdminFields.ClusterActions,
        EgressPeerFields = AdminFields.EgressPeer,
        MaxItems = 25,
    };

    public required string Kind { get; init; }

    /// <summary>Kind with its article.</summary>
    public string Called => Kind == AdminPolicy.AdminKind ? $"an {Kind}" : $"a {Kind}";

    public required string[] SpecFields { get; init; }

    public required string[] IngressRuleFields { get; init; }

    public required string[] EgressRuleFields { get; init; }

    /// <summary>The first one is what the model calls Allow.</summary>
    public required string[] Actions { get; init; }

    public required string[] EgressPeerFields { get; init; }

    /// <summary>Rules of a direction, peers of a rule, ports of a rule.</summary>
    public required int MaxItems { get; init; }

    /// <summary>v1alpha2.</summary>
    public bool IsCluster => ReferenceEquals(this, Cluster);

    public bool IsBaselineKind => ReferenceEquals(this, Baseline);

    public string PortsField => IsCluster ? "protocols" : "ports";

    public string NamedPortField => IsCluster ? "destinationNamedPort" : "namedPort";

    /// <summary>Null for every other kind or version.</summary>
    public static AdminVariant? Of(string apiVersion, string kind) => (apiVersion, kind) switch
    {
        (Alpha1, AdminPolicy.AdminKind) => Admin,
        (Alpha1, AdminPolicy.BaselineKind) => Baseline,
        (Alpha2, AdminPolicy.ClusterKind) => Cluster,
        _ => null,
    };
}
