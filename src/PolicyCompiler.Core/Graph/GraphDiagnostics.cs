using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Graph;

public static class GraphDiagnostics
{
    public static readonly DiagnosticDescriptor NoEndpoints = new(
        "NP2001",
        DiagnosticSeverity.Information,
        "No endpoint in the input",
        "the input has policies but no pod or workload, so the tables stay empty; add the workloads' manifests, or compile against a live cluster");

    public static readonly DiagnosticDescriptor SelectsNothing = new(
        "NP2002",
        DiagnosticSeverity.Information,
        "Policies that select nothing",
        "{0} policies select no endpoint of the input, the first is {1}");

    public static readonly DiagnosticDescriptor SamePriority = new(
        "NP2101",
        DiagnosticSeverity.Error,
        "Two policies of one priority",
        "{0} {1} has priority {2}, which {3} {4} at {5} has already; which of them is asked first is not defined");

    public static readonly DiagnosticDescriptor DefaultDenyWithoutRules = new(
        "NP2201",
        DiagnosticSeverity.Warning,
        "Default deny without a rule",
        "enableDefaultDeny.{0} has no effect without an {0} or {0}Deny item; to deny everything write {0}: [{{}}]");

    public static readonly DiagnosticDescriptor SubjectNamespaceOverridden = new(
        "NP2202",
        DiagnosticSeverity.Warning,
        "Subject in another namespace",
        "{0} in the endpointSelector has no effect: the policy is for endpoints of its own namespace {1}");

    public static readonly DiagnosticDescriptor NoCidrGroup = new(
        "NP2203",
        DiagnosticSeverity.Warning,
        "No such CIDR group",
        "no CiliumCIDRGroup {0} in the input, so this selects no address");

    public static readonly DiagnosticDescriptor NoService = new(
        "NP2204",
        DiagnosticSeverity.Warning,
        "No such service",
        "no service {0} in the input, so this selects nobody");

    public static readonly DiagnosticDescriptor SelectorSource = new(
        "NP2205",
        DiagnosticSeverity.Error,
        "Label source that no peer has",
        "labels of source {0} cannot select peers here; use k8s:, any: or reserved: labels, or fromCIDRSet, toFQDNs and fromNodes");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        NoEndpoints,
        SelectsNothing,
        SamePriority,
        DefaultDenyWithoutRules,
        SubjectNamespaceOverridden,
        NoCidrGroup,
        NoService,
        SelectorSource,
    ];
}
