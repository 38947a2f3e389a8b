using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Connectivity;

public static class ConnectivityDiagnostics
{
    public static readonly DiagnosticDescriptor MixedWorkload = new(
        "NP0040",
        DiagnosticSeverity.Information,
        "Pods of a workload differ",
        "policies tell the pods of {0:N0} {1} apart, {2} for one: a row says what any of the pods may do");

    public static readonly DiagnosticDescriptor UnresolvedName = new(
        "NP0044",
        DiagnosticSeverity.Information,
        "Names without a known address",
        "no address is known of {0:N0} {1} that egress rules open something to, {2} for one: it has no row; state addresses with --dns-records, or ask for --exposure");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [MixedWorkload, UnresolvedName];

    public static IEnumerable<Diagnostic> Check(ConnectivityReport report)
    {
        if (!report.Mixed.IsEmpty)
        {
            yield return MixedWorkload.At(
                SourceSpan.None, report.Mixed.Length, report.Mixed.Length == 1 ? "workload" : "workloads", report.Mixed[0].Text);
        }

        var names = report.Unresolved.Select(u => u.Name).Distinct().ToList();
        if (names.Count > 0)
        {
            yield return UnresolvedName.At(SourceSpan.None, names.Count, names.Count == 1 ? "name" : "names", names[0].Text);
        }
    }
}
