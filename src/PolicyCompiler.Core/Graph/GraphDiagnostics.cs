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

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [NoEndpoints, SelectsNothing];
}
