using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;
using PolicyCompiler.Frontend.Lint;

namespace PolicyCompiler.Pipeline.Lint;

/// <summary>
/// Deletes the rules that are needless whatever pods there are. The new texts are compiled in memory and every decision is
/// compared with the old tables before anything may be written.
/// </summary>
public static class LintFixer
{
    /// <param name="compilation">Has tables.</param>
    /// <param name="findings">What is to be reported: what is suppressed or off is not mended.</param>
    /// <param name="options">Those of the compile.</param>
    public static LintFix Prepare(Compilation compilation, IEnumerable<LintFinding> findings, GraphOptions options)
    {
        var certain = findings.Where(f => f.Redundancy is { Scope: LintScope.AnyPods, Unit.IsPolicy: false }).ToList();
        var notes = new List<Diagnostic>();
        var texts = new List<SourceText>();
        var removed = new HashSet<SourceSpan>();
        foreach (var file in certain.GroupBy(f => f.Diagnostic.Span.Source!))
        {
            if (file.Key.Path == "-")
            {
                notes.AddRange(file.Select(f => NotFixed(f, "standard input cannot be written")));
                continue;
            }

            var removal = ListItemRemover.Remove(file.Key, file.Select(f => f.Diagnostic.Span));
            removed.UnionWith(removal.Removed);
            notes.AddRange(removal.Kept.Select(k => NotFixed(file.First(f => f.Diagnostic.Span == k.Item), k.Reason)));
            if (!removal.Removed.IsEmpty)
            {
                texts.Add(new SourceText(file.Key.Path, file.Key.LogicalPath, removal.Text));
            }
        }

        if (texts.Count > 0 && Difference(compilation, texts, options) is { } difference)
        {
            return new LintFix([], [], [LintDiagnostics.FixGivenUp.At(SourceSpan.None, difference)]);
        }

        return new LintFix([.. texts], [.. certain.Where(f => removed.Contains(f.Diagnostic.Span))], [.. notes]);
    }

    private static Diagnostic NotFixed(LintFinding finding, string reason) =>
        LintDiagnostics.NotFixed.At(finding.Diagnostic.Span, finding.Redundancy!.Unit, reason);

    /// <returns>What would change, for people; null: no decision does.</returns>
    private static string? Difference(Compilation compilation, List<SourceText> texts, GraphOptions options)
    {
        var byPath = texts.ToDictionary(t => t.Path, StringComparer.Ordinal);
        var input = InputReader.Read([.. compilation.Sources.Select(s => byPath.GetValueOrDefault(s.Path, s))]);
        if (!input.Succeeded)
        {
            return $"the new text has an error: {FirstError(input.Diagnostics)}";
        }

        // The records are of another file.
        var cluster = input.Value!.Cluster with { DnsRecords = compilation.Input!.Cluster.DnsRecords };
        var graph = RuleGraphBuilder.Build(input.Value with { Cluster = cluster }, options);
        if (!graph.Succeeded)
        {
            return $"the new policies have an error: {FirstError(graph.Diagnostics)}";
        }

        var tables = PolicyTablesBuilder.Build(graph.Value!);
        return !tables.Succeeded ? $"the new tables have an error: {FirstError(tables.Diagnostics)}"
            : new DecisionComparer(compilation.Tables!, tables.Value!).FirstDifference() is { } difference ? $"a decision would change, {difference}"
            : null;
    }

    private static Diagnostic FirstError(IEnumerable<Diagnostic> findings) => findings.First(d => d.Severity == DiagnosticSeverity.Error);
}
