using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Verification;

public static class BaselineDiagnostics
{
    public static readonly DiagnosticDescriptor Grown = new(
        "NP5034", DiagnosticSeverity.Error, "Complexity has grown",
        "on kernel '{0}' the verifier walks {1:N0} instructions for {2} of {3}, {4:N0} in the baseline: {5:F0} % more, and {6} % are allowed");

    public static readonly DiagnosticDescriptor NotReadable = new(
        "NP5035", DiagnosticSeverity.Error, "Baseline cannot be read",
        "'{0}' is not a baseline of complexity: {1}; --update-baseline writes one");

    public static readonly DiagnosticDescriptor NotCovered = new(
        "NP5036", DiagnosticSeverity.Warning, "Baseline does not cover a kernel",
        "the baseline has nothing about '{1}' on kernel '{0}', so its complexity was compared with nothing; --update-baseline adds it");

    public static readonly DiagnosticDescriptor NotWritten = new(
        "NP5037", DiagnosticSeverity.Error, "Baseline cannot be written",
        "the baseline cannot be written to '{0}': {1}");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [Grown, NotReadable, NotCovered, NotWritten];
}
