using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Verification;

/// <summary>Compares complexity with a baseline.</summary>
public static class BaselineCheck
{
    /// <summary>
    /// A finding for each program that has grown by more than the limit. Programs that the baseline does not have are compared
    /// with the largest that it has of the same input. Kernels without a result have no records and no findings.
    /// </summary>
    /// <param name="before">The baseline.</param>
    /// <param name="now">What kernels say now.</param>
    /// <param name="percent">How much more is allowed.</param>
    public static ImmutableArray<Diagnostic> Compare(Baseline before, Baseline now, double percent)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        var known = before.Records.ToLookup(Key);
        foreach (var group in now.Records.GroupBy(r => (r.Kernel, r.Input)))
        {
            var earlier = before.Records.Where(r => (r.Kernel, r.Input) == group.Key).ToList();
            if (earlier.Count == 0)
            {
                findings.Add(BaselineDiagnostics.NotCovered.At(SourceSpan.None, group.Key.Kernel, group.Key.Input));
                continue;
            }

            foreach (var record in group.Where(r => known.Contains(Key(r))))
            {
                Check(findings, record, known[Key(record)].Max(r => r.ProcessedInstructions), percent);
            }

            foreach (var record in group.Where(r => !known.Contains(Key(r))))
            {
                Check(findings, record, earlier.Max(r => r.ProcessedInstructions), percent);
            }
        }

        return findings.ToImmutable();
    }

    private static void Check(ImmutableArray<Diagnostic>.Builder findings, ComplexityRecord now, int before, double percent)
    {
        if (now.ProcessedInstructions <= before * (1 + (percent / 100)))
        {
            return;
        }

        var growth = before > 0 ? (100.0 * now.ProcessedInstructions / before) - 100 : double.PositiveInfinity;
        findings.Add(BaselineDiagnostics.Grown.At(
            SourceSpan.None, now.Kernel, now.ProcessedInstructions, now.Program, now.Subject, before, growth,
            percent.ToString(CultureInfo.InvariantCulture)));
    }

    private static (string, string, string, string) Key(ComplexityRecord record) => (record.Kernel, record.Input, record.Subject, record.Program);
}
