using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Policies.Admin;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>Subjects and peers of the kinds of policy.networking.k8s.io.</summary>
internal sealed class AdminPeerSchema(AdminVariant variant)
{
    private const string EveryPod = "Every pod of the namespaces with these labels.";
    private const string SomePods = "Pods by their own labels and those of their namespaces.";

    private static readonly PolicyField Pod = Compiled("podSelector", CommonTypes.LabelSelector, "Labels of the pods; {} is every pod.");
    private static readonly PolicyField NamespaceOfPod = Compiled("namespaceSelector", CommonTypes.LabelSelector, "Labels of their namespaces; {} is every namespace.");

    private static readonly List Networks = new(TextTypes.AdminCidr) { Min = 1, Max = AdminFields.MaxPeerItems, IsSet = true };
    private static readonly List Domains = new(TextTypes.DomainName) { Min = 1, Max = AdminFields.MaxPeerItems, IsSet = true };

    private static readonly PolicyField EarlySelector =
        Compiled("namespaceSelector", CommonTypes.LabelSelector, "Form of the first releases: write its content one level higher.");

    public ObjectType Subject() => new("Subject", [AdminFields.Subject],
    [
        Compiled("namespaces", CommonTypes.LabelSelector, EveryPod),
        Compiled("pods", Pods(), SomePods),
    ])
    {
        Rules = [new FieldRule.ExactlyOne(AdminFields.Subject)],
    };

    public ObjectType Ingress() => new("IngressPeer", [AdminFields.EgressPeer],
    [
        .. PodPeers(),
        EgressOnly("nodes", CommonTypes.LabelSelector),
        EgressOnly("networks", Networks),
        EgressOnly("domainNames", Domains),
    ])
    {
        Rules = [new FieldRule.ExactlyOne(AdminFields.IngressPeer)],
    };

    public ObjectType Egress() => new("EgressPeer", [AdminFields.EgressPeer],
    [
        .. PodPeers(),
        Compiled("nodes", CommonTypes.LabelSelector, "Nodes with these labels, by all of their addresses."),
        Compiled("networks", Networks, "Address blocks; they match pods and nodes, too."),
        variant.IsBaselineKind
            ? Rejected("domainNames", Domains, AdminDiagnostics.DomainNamesInBaseline, "Only policies of the Admin tier can name domains.")
            : Compiled("domainNames", Domains, $"Addresses that DNS gives for these names; *.example.com is every name below. Only with action {variant.Actions[0]}, and in the Admin tier."),
    ])
    {
        Rules = [new FieldRule.ExactlyOne(variant.EgressPeerFields)],
    };

    private static PolicyField EgressOnly(string name, FieldType type) => Rejected(
        name, type, AdminDiagnostics.EgressOnlyPeer, "Only an egress rule can name such a peer; on ingress it is namespaces or pods.");

    private PolicyField[] PodPeers() =>
    [
        Compiled("namespaces", variant.IsCluster ? CommonTypes.LabelSelector : EarlyNamespaces(), EveryPod),
        Compiled("pods", variant.IsCluster ? Pods() : EarlyPods(), SomePods),
    ];

    /// <summary>What v1alpha1 requires is only warned of: see <see cref="AdminPodsReader"/>.</summary>
    private ObjectType Pods() => variant.IsCluster
        ? new ObjectType("Pods", [AdminFields.Pods], [NamespaceOfPod, Pod.Required()])
        : new ObjectType("Pods", [AdminFields.Pods], [NamespaceOfPod, Pod]) { Rules = [new FieldRule.AtLeastOne(AdminFields.Pods)] };

    private static ObjectType EarlyNamespaces() => new("PeerNamespaces", [LabelReader.SelectorFields, AdminFields.EarlyNamespaces],
    [
        .. CommonTypes.LabelSelector.Fields,
        EarlySelector.Deprecated(AdminDiagnostics.EarlyForm),
    ])
    {
        Rules = [new FieldRule.NotBoth("namespaceSelector", "matchLabels"), new FieldRule.NotBoth("namespaceSelector", "matchExpressions")],
    };

    private static ObjectType EarlyPods() => new("PeerPods", [AdminFields.Pods, AdminFields.EarlyPods],
    [
        NamespaceOfPod,
        Pod,
        Compiled("namespaces", new ObjectType("EarlyNamespaces", [AdminFields.EarlyNamespaces], [EarlySelector.Required()]),
            "Form of the first releases: write namespaceSelector.").Deprecated(AdminDiagnostics.EarlyForm),
    ])
    {
        Rules = [new FieldRule.AtLeastOne([.. AdminFields.Pods, "namespaces"]), new FieldRule.NotBoth("namespaces", "namespaceSelector")],
    };
}
