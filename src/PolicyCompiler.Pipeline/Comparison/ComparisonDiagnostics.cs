using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Comparison;

public static class ComparisonDiagnostics
{
    public static readonly DiagnosticDescriptor NothingToCompare = new(
        "NP0054",
        DiagnosticSeverity.Error,
        "Nothing to compare",
        "neither side has a workload, so there is no flow that could differ; name the cluster's workloads with --with");

    public static readonly DiagnosticDescriptor Incomplete = new(
        "NP0055",
        DiagnosticSeverity.Warning,
        "Not every flow was compared",
        "there may be differences that are not listed: {0}");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [NothingToCompare, Incomplete];
}
