using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Assertions;

public static class AssertionDiagnostics
{
    public static readonly DiagnosticDescriptor Failed = new(
        "NP6101",
        DiagnosticSeverity.Error,
        "Assertion failed",
        "{0}: {1}");

    public static readonly DiagnosticDescriptor WrongReason = new(
        "NP6102",
        DiagnosticSeverity.Error,
        "Decided by something else",
        "{0}: {1} as it should be, but because of {2} and not of {3}");

    public static readonly DiagnosticDescriptor Empty = new(
        "NP6103",
        DiagnosticSeverity.Error,
        "Nobody is meant",
        "the {0} is nobody in this cluster{1}, so that nothing is checked; correct it, or write 'optional' before it");

    public static readonly DiagnosticDescriptor UnknownName = new(
        "NP6104",
        DiagnosticSeverity.Error,
        "Not in the cluster",
        "no {0} '{1}' in the input{2}");

    public static readonly DiagnosticDescriptor NoServicePort = new(
        "NP6105",
        DiagnosticSeverity.Error,
        "Service without such a port",
        "service {0} has none of the ports that are asked about; it has {1}");

    public static readonly DiagnosticDescriptor NoFlow = new(
        "NP6106",
        DiagnosticSeverity.Error,
        "No flow between the ends",
        "there is no flow between the ends: {0}");

    public static readonly DiagnosticDescriptor UnknownPolicy = new(
        "NP6107",
        DiagnosticSeverity.Error,
        "Unknown policy or rule",
        "no {0} '{1}' in the input{2}");

    public static readonly DiagnosticDescriptor ServiceAsSource = new(
        "NP6108",
        DiagnosticSeverity.Error,
        "Service as a source",
        "service {0} opens no connections; name the pods behind it");

    public static readonly DiagnosticDescriptor Skipped = new(
        "NP6109",
        DiagnosticSeverity.Information,
        "Assertion skipped",
        "the {0} is optional and nobody in this cluster: the assertion was skipped");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
        [Failed, WrongReason, Empty, UnknownName, NoServicePort, NoFlow, UnknownPolicy, ServiceAsSource, Skipped];
}
