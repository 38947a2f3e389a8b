using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Lint;

/// <summary>Suppressions and severities on top of the findings; and what is wrong with the suppressions.</summary>
public static class LintFilter
{
    /// <param name="findings">In the order of the texts.</param>
    /// <param name="suppressions">Of all texts.</param>
    /// <param name="configuration">The severities.</param>
    public static LintResult Apply(IEnumerable<LintFinding> findings, IReadOnlyList<LintSuppression> suppressions, LintConfiguration configuration)
    {
        var adjustable = LintDiagnostics.Adjustable.Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        var byPlace = suppressions.Where(s => s.Reason.Length > 0)
            .SelectMany(s => s.Codes, (s, c) => (Place: (s.Span.Source!.Path, s.Line, c.Code), c.Span))
            .ToLookup(x => x.Place, x => x.Span);
        var used = new HashSet<SourceSpan>();
        var kept = new List<LintFinding>();
        var suppressed = 0;
        foreach (var finding in findings)
        {
            var span = finding.Diagnostic.Span;
            var comments = span.IsKnown && adjustable.Contains(finding.Diagnostic.Code) ? byPlace[(span.Source!.Path, span.Line, finding.Diagnostic.Code)].ToList() : [];
            if (comments.Count > 0)
            {
                used.UnionWith(comments);
                suppressed++;
            }
            else if (!adjustable.Contains(finding.Diagnostic.Code))
            {
                kept.Add(finding);
            }
            else if (configuration.Apply(finding.Diagnostic) is { } diagnostic)
            {
                kept.Add(finding with { Diagnostic = diagnostic });
            }
        }

        kept.AddRange(suppressions.SelectMany(s => Check(s, adjustable, used)).Select(d => new LintFinding(d)));
        return new LintResult(
            [
                .. kept.OrderBy(f => f.Diagnostic.Span.Source?.Path, StringComparer.Ordinal).ThenBy(f => f.Diagnostic.Span.Line).ThenBy(f => f.Diagnostic.Span.Column),
            ],
            suppressed);
    }

    private static ImmutableArray<Diagnostic> Check(LintSuppression suppression, HashSet<string> adjustable, HashSet<SourceSpan> used)
    {
        if (suppression.Reason.Length == 0 || suppression.Codes.IsEmpty)
        {
            return [LintDiagnostics.NoReason.At(suppression.Span)];
        }

        return
        [
            .. suppression.Codes.Where(c => !used.Contains(c.Span)).Select(c => adjustable.Contains(c.Code)
                ? LintDiagnostics.UnusedSuppression.At(c.Span, c.Code)
                : LintDiagnostics.UnknownSuppression.At(c.Span, c.Code)),
        ];
    }
}
