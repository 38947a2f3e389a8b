using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>Something with an interface that policy is enforced on: a pod, or a workload that stands for its pods.</summary>
public sealed record Endpoint
{
    public const string ServiceAccountLabel = "io.cilium.k8s.policy.serviceaccount";

    public const string ClusterLabel = "io.cilium.k8s.policy.cluster";

    /// <summary>Cilium's name for a cluster that has been given none.</summary>
    public const string ClusterName = "default";

    // A copy with other labels takes this along, so it says whose it is.
    private KnownLabels? _policyLabels;

    public required string Namespace { get; init; }

    /// <summary>The pod's name, or the workload's if no pod of it is in the input.</summary>
    public required string Name { get; init; }

    public required LabelSet Labels { get; init; }

    /// <summary>
    /// What selectors of policies see: the labels, and those that Cilium puts on every pod (docs/semantics.md). A pod's own
    /// label of such a key does not count.
    /// </summary>
    public LabelSet PolicyLabels
    {
        get
        {
            if (_policyLabels is not { } known || !ReferenceEquals(known.Of, Labels) || known.ServiceAccount != ServiceAccount)
            {
                var labels = new LabelSet(
                [
                    .. Labels.Where(l => l.Key is not (ServiceAccountLabel or ClusterLabel)),
                    KeyValuePair.Create(ServiceAccountLabel, ServiceAccount ?? "default"),
                    KeyValuePair.Create(ClusterLabel, ClusterName),
                ]);
                _policyLabels = known = new KnownLabels(Labels, ServiceAccount, labels);
            }

            return known.Value;
        }
    }

    /// <summary>At most one a family, IPv4 first; empty for a pod that has none yet.</summary>
    public required ImmutableArray<IpAddress> Addresses { get; init; }

    /// <summary>True when <see cref="Addresses"/> were made up by the compiler because the workload has none.</summary>
    public bool HasSyntheticAddresses { get; init; }

    /// <summary>Named container ports, ordered by name, then protocol, then number.</summary>
    public ImmutableArray<NamedPort> NamedPorts { get; init; } = [];

    /// <summary>Every container port that is declared, named or not: what the endpoint is known to serve.</summary>
    public ImmutableArray<NamedPort> DeclaredPorts { get; init; } = [];

    /// <summary>Runs in its node's network namespace: no policy subject, and no selector peer.</summary>
    public bool HostNetwork { get; init; }

    public string? NodeName { get; init; }

    /// <summary>True for a workload without pods in the input: it stands for as many as it may get.</summary>
    public bool StandsForPods { get; init; }

    /// <summary>
    /// The node's own network namespace as the subject of host policies, with the node's name, labels and addresses, and no
    /// namespace. Never selected as a peer by labels; to others it is the node's address.
    /// </summary>
    public bool IsNode { get; init; }

    /// <summary>The number that the cluster has given its identity (CiliumEndpoint, CiliumIdentity); null: the compiler's choice.</summary>
    public uint? IdentityNumber { get; init; }

    public string? ServiceAccount { get; init; }

    /// <summary><c>Pod</c>, or the kind of the workload that owns it.</summary>
    public required string WorkloadKind { get; init; }

    /// <summary>The direct owner's name, or the pod's own.</summary>
    public required string WorkloadName { get; init; }

    /// <summary>Who the pods come from, whatever their template is: the Deployment of a ReplicaSet, else the workload.</summary>
    public (string Kind, string Name) RootWorkload => DeploymentName is { } deployment ? ("Deployment", deployment) : (WorkloadKind, WorkloadName);

    /// <summary>The Deployment whose ReplicaSet owns it, as the name says; null: none.</summary>
    public string? DeploymentName => WorkloadKind == "ReplicaSet" ? ReplicaSetName.DeploymentOf(WorkloadName, Labels) : null;

    public required SourceSpan Span { get; init; }

    /// <summary><c>namespace/name</c>; the name alone for a node.</summary>
    public string Reference => IsNode ? Name : $"{Namespace}/{Name}";

    public IpAddress? Address(AddressFamily family)
    {
        foreach (var address in Addresses)
        {
            if (address.Family == family)
            {
                return address;
            }
        }

        return null;
    }

    public bool Equals(Endpoint? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => HashCode.Combine(Namespace, Name);

    public override string ToString() => Reference;

    private sealed record KnownLabels(LabelSet Of, string? ServiceAccount, LabelSet Value);
}
