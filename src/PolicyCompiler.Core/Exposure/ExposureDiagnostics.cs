using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Exposure;

public static class ExposureDiagnostics
{
    public static readonly DiagnosticDescriptor TooManyKinds = new(
        "NP0043",
        DiagnosticSeverity.Warning,
        "Exposure is not told",
        "selectors of the rules for {0} tell more than {1:N0} kinds of new pods apart, so its exposure is left out ({2:N0} such {3})");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [TooManyKinds];

    public static IEnumerable<Diagnostic> Check(ExposureReport report)
    {
        if (!report.Skipped.IsEmpty)
        {
            yield return TooManyKinds.At(
                SourceSpan.None, report.Skipped[0].Text, PotentialPods.Limit, report.Skipped.Length, report.Skipped.Length == 1 ? "workload" : "workloads");
        }
    }
}
