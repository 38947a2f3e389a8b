using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about Cilium policies as a whole, their rules and the items of these.</summary>
public static class CiliumDiagnostics
{
    public static readonly DiagnosticDescriptor SpecMissing = new(
        "NP1201", DiagnosticSeverity.Error, "Cilium policy without a rule",
        "the {0} has neither spec nor specs");

    public static readonly DiagnosticDescriptor ClusterScopedWithNamespace = new(
        "NP1202", DiagnosticSeverity.Error, "Cluster-scoped object with a namespace",
        "{0}: a {1} is in no namespace; leave metadata.namespace out");

    public static readonly DiagnosticDescriptor MisplacedDescription = new(
        "NP1203", DiagnosticSeverity.Warning, "Description beside the spec",
        "{0}: the API server drops a description that is not in the spec");

    public static readonly DiagnosticDescriptor SelectorMissing = new(
        "NP1204", DiagnosticSeverity.Error, "Rule without a subject",
        "{0}: the rule needs endpointSelector{1}");

    public static readonly DiagnosticDescriptor BothSelectors = new(
        "NP1205", DiagnosticSeverity.Error, "Rule with two subjects",
        "{0}: nodeSelector cannot stand beside endpointSelector; make two items of specs of them");

    public static readonly DiagnosticDescriptor NodeSelectorInNamespace = new(
        "NP1206", DiagnosticSeverity.Error, "Node selector in a namespaced policy",
        "{0}: only a CiliumClusterwideNetworkPolicy can select nodes");

    public static readonly DiagnosticDescriptor RuleWithoutItems = new(
        "NP1207", DiagnosticSeverity.Error, "Rule that says nothing",
        "{0}: the rule needs an item in one of its four lists; to deny a direction by default write one empty item: [{{}}]");

    public static readonly DiagnosticDescriptor InvalidLogValue = new(
        "NP1208", DiagnosticSeverity.Error, "Log value is not valid",
        "{0}: the value must be at most 32 printable characters");

    public static readonly DiagnosticDescriptor RuleLabelWithoutKey = new(
        "NP1209", DiagnosticSeverity.Error, "Rule label without key",
        "{0}: a label of a rule needs a key");

    public static readonly DiagnosticDescriptor RemovedField = new(
        "NP1210", DiagnosticSeverity.Error, "Field that Cilium has removed",
        "{0}: Cilium 1.17 deprecated {1} and 1.19 removed it; {2}");

    public static readonly DiagnosticDescriptor CloudGroups = new(
        "NP1211", DiagnosticSeverity.Error, "Peers known only to a cloud provider",
        "{0}: only the API of a cloud provider knows the addresses of {1}; write {2}, or a CiliumCIDRGroup");

    public static readonly DiagnosticDescriptor RenamedAuthentication = new(
        "NP1212", DiagnosticSeverity.Warning, "Old name of the authentication field",
        "{0}: Cilium 1.14 renamed auth; write authentication: {{mode: disabled}}");

    public static readonly DiagnosticDescriptor UnknownAuthentication = new(
        "NP1213", DiagnosticSeverity.Error, "Unknown authentication mode",
        "{0}: {1} is not an authentication mode; write disabled, required or test-always-fail{2}");

    public static readonly DiagnosticDescriptor NotInDenyRule = new(
        "NP1214", DiagnosticSeverity.Error, "Field that a deny rule does not have",
        "{0}: a deny rule has no {1}; it denies by addresses, labels, ports and ICMP types only");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        SpecMissing,
        ClusterScopedWithNamespace,
        MisplacedDescription,
        SelectorMissing,
        BothSelectors,
        NodeSelectorInNamespace,
        RuleWithoutItems,
        InvalidLogValue,
        RuleLabelWithoutKey,
        RemovedField,
        CloudGroups,
        RenamedAuthentication,
        UnknownAuthentication,
        NotInDenyRule,
    ];
}
