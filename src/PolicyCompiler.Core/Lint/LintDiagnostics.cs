using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Lint;

/// <summary>What <c>policyc lint</c> finds. Severities are defaults: a configuration changes them.</summary>
public static class LintDiagnostics
{
    public static readonly DiagnosticDescriptor RedundantRule = new(
        "NP8001", DiagnosticSeverity.Warning, "Redundant rule",
        "{0} is redundant: {1} says the same of all that it matches, whatever pods there are");

    public static readonly DiagnosticDescriptor RedundantInThisCluster = new(
        "NP8002", DiagnosticSeverity.Information, "Rule is redundant in this cluster",
        "{0} is redundant: with the pods of this input no decision changes without it; {1}");

    public static readonly DiagnosticDescriptor ShadowedRule = new(
        "NP8003", DiagnosticSeverity.Warning, "Shadowed rule",
        "{0} never decides: {1} is asked first and matches all that it matches, whatever pods there are");

    public static readonly DiagnosticDescriptor ShadowedInThisCluster = new(
        "NP8004", DiagnosticSeverity.Information, "Rule is shadowed in this cluster",
        "{0} never decides: with the pods of this input rules that are asked first match all that it matches; {1}");

    public static readonly DiagnosticDescriptor DenyWithoutEffect = new(
        "NP8005", DiagnosticSeverity.Information, "Deny that does not matter",
        "{0} changes nothing: with the pods of this input nothing that it denies would be allowed without it; {1}");

    public static readonly DiagnosticDescriptor PolicyChangesNothing = new(
        "NP8006", DiagnosticSeverity.Warning, "Policy changes nothing",
        "{0} changes nothing: with the pods of this input no decision changes without it; {1}");

    public static readonly DiagnosticDescriptor PolicySelectsNothing = new(
        "NP8007", DiagnosticSeverity.Warning, "Policy selects nothing",
        "{0} is for {1}, and no endpoint of the input is one of them");

    public static readonly DiagnosticDescriptor RuleMatchesNothing = new(
        "NP8008", DiagnosticSeverity.Information, "Rule matches nothing",
        "{0} matches nothing in this cluster: its peers and ports have nobody in common");

    public static readonly DiagnosticDescriptor NoNamespace = new(
        "NP8010", DiagnosticSeverity.Warning, "Selector without a namespace",
        "no namespace of the input is {0}, so this selects nobody");

    public static readonly DiagnosticDescriptor NoPod = new(
        "NP8011", DiagnosticSeverity.Information, "Selector without a pod",
        "no pod of the input is one of: {0}");

    public static readonly DiagnosticDescriptor Contradiction = new(
        "NP8012", DiagnosticSeverity.Warning, "Selector contradicts itself",
        "nothing can be both {0} and {1}, so this never selects anything");

    public static readonly DiagnosticDescriptor PortNameNotServed = new(
        "NP8013", DiagnosticSeverity.Warning, "Port name that nobody has",
        "no container of {0} has a port named '{1}', so this matches nothing");

    public static readonly DiagnosticDescriptor PortNotServed = new(
        "NP8014", DiagnosticSeverity.Information, "Port that nobody declares",
        "no container of {0} declares {1}");

    public static readonly DiagnosticDescriptor OpenToAll = new(
        "NP8020", DiagnosticSeverity.Warning, "Open to everyone",
        "{0} lets {1} in, on every port; name the peers or the ports");

    public static readonly DiagnosticDescriptor PortOpenToAll = new(
        "NP8021", DiagnosticSeverity.Information, "Port open to everyone",
        "{0} lets {1} in, on {2}");

    public static readonly DiagnosticDescriptor OpenToInternet = new(
        "NP8022", DiagnosticSeverity.Information, "Open towards everyone",
        "{0} lets out to {1}, on every port");

    public static readonly DiagnosticDescriptor OpenToCluster = new(
        "NP8023", DiagnosticSeverity.Information, "Open to the whole cluster",
        "{0} lets every pod of every namespace in, on {1}");

    public static readonly DiagnosticDescriptor ExceptHidesNothing = new(
        "NP8024", DiagnosticSeverity.Warning, "Exception that hides nothing",
        "the exception {0} hides nothing: all that it takes out of {1} is decided the same without it; {2}");

    public static readonly DiagnosticDescriptor NoDns = new(
        "NP8030", DiagnosticSeverity.Warning, "Isolated without DNS",
        "{0} may send to others but not to port 53 of {1}, so that names are not resolved there; allow UDP and TCP 53");

    public static readonly DiagnosticDescriptor LikelyTypo = new(
        "NP8040", DiagnosticSeverity.Warning, "Likely typo",
        "no {0} of the input has {1}; is {2} meant, which {3}?");

    public static readonly DiagnosticDescriptor NoReason = new(
        "NP8901", DiagnosticSeverity.Warning, "Suppression without a reason",
        "a suppression says why: '# policyc:ignore NP8002 because REASON'; this one is not followed");

    public static readonly DiagnosticDescriptor UnusedSuppression = new(
        "NP8902", DiagnosticSeverity.Warning, "Suppression without a finding",
        "there is no finding {0} on this line or the next to suppress; delete the comment");

    public static readonly DiagnosticDescriptor UnknownSuppression = new(
        "NP8903", DiagnosticSeverity.Warning, "Suppression of no lint finding",
        "'{0}' is no finding that can be suppressed; see docs/lint.md for those that can");

    public static readonly DiagnosticDescriptor NotFixed = new(
        "NP8910", DiagnosticSeverity.Information, "Not mended",
        "{0} is not deleted: {1}");

    public static readonly DiagnosticDescriptor FixGivenUp = new(
        "NP8911", DiagnosticSeverity.Error, "Mending given up",
        "nothing is written: {0}");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        RedundantRule, RedundantInThisCluster, ShadowedRule, ShadowedInThisCluster, DenyWithoutEffect, PolicyChangesNothing,
        PolicySelectsNothing, RuleMatchesNothing, NoNamespace, NoPod, Contradiction, PortNameNotServed, PortNotServed, OpenToAll,
        PortOpenToAll, OpenToInternet, OpenToCluster, ExceptHidesNothing, NoDns, LikelyTypo, NoReason, UnusedSuppression,
        UnknownSuppression, NotFixed, FixGivenUp,
    ];

    /// <summary>The findings about policies: those whose severity a configuration sets, and which a comment beside them can suppress.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Adjustable { get; } =
    [
        .. GraphDiagnostics.All.Where(d => d.Severity != DiagnosticSeverity.Error && d != GraphDiagnostics.SelectsNothing),
        .. All.Where(d => string.CompareOrdinal(d.Code, "NP8900") < 0),
    ];
}
