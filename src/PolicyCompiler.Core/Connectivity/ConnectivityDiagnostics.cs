using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Connectivity;

public static class ConnectivityDiagnostics
{
    public static readonly DiagnosticDescriptor MixedWorkload = new(
        "NP0040",
        DiagnosticSeverity.Information,
        "Pods of a workload differ",
        "policies tell the pods of {0:N0} {1} apart, {2} for one: a row says what any of the pods may do");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [MixedWorkload];

    public static IEnumerable<Diagnostic> Check(ConnectivityReport report)
    {
        if (!report.Mixed.IsEmpty)
        {
            yield return MixedWorkload.At(
                SourceSpan.None, report.Mixed.Length, report.Mixed.Length == 1 ? "workload" : "workloads", report.Mixed[0].Text);
        }
    }
}
