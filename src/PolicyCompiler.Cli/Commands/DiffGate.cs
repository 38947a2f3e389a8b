using System.Collections.Immutable;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Pipeline.Comparison;
using PolicyCompiler.Pipeline.Git;

namespace PolicyCompiler.Cli.Commands;

/// <summary>Differences, and what is said against them.</summary>
/// <param name="Listing">All of them.</param>
/// <param name="Findings">Those that are forbidden, at the rules that make them, and entries of the allow list without use.</param>
internal sealed record DiffGate(DiffListing Listing, ImmutableArray<Diagnostic> Findings)
{
    public const string Any = "any";

    /// <summary>Forbidden differences that are findings of their own; the last finding counts all of them.</summary>
    private const int MostFindings = 100;

    /// <summary>
    /// What is wrong with a comparison, without the findings of the new side. What is wrong with the old side alone is past,
    /// unless it hides flows: a gate that could not see everything has not let anything pass.
    /// </summary>
    /// <param name="comparison">Of both sides.</param>
    /// <param name="isGate">Whether a kind of difference is forbidden.</param>
    public static IEnumerable<Diagnostic> FindingsOf(ComparisonResult comparison, bool isGate)
    {
        // Both sides without a file compare nothing, which is never what was meant.
        var isNothing = LacksPath(comparison.Old) && LacksPath(comparison.New);
        return comparison.Old.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error || GitDiagnostics.IsIncomplete(d)).Concat(comparison.Diagnostics)
            .Select(d => d.Severity == DiagnosticSeverity.Warning && (isGate || (isNothing && d.Descriptor == GitDiagnostics.PathNotInRevision)) ? d with { Severity = DiagnosticSeverity.Error } : d);
    }

    private static bool LacksPath(ComparedSide side) => side.Diagnostics.Any(d => d.Descriptor == GitDiagnostics.PathNotInRevision);

    /// <param name="report">The differences.</param>
    /// <param name="allowed">What is tolerated.</param>
    /// <param name="failOn">Words of <see cref="ChangeKinds"/>, or <see cref="Any"/>.</param>
    public static DiffGate Judge(DiffReport report, AllowList allowed, IReadOnlyCollection<string> failOn)
    {
        var differences = allowed.Apply(report);
        var forbidden = differences.Where(d => !d.IsTolerated && IsForbidden(d.Difference.Kind, failOn)).Select(d => d.Difference).ToList();
        var findings = allowed.Entries.Except(differences.SelectMany(d => d.By)).Select(e => AllowListReader.UnusedEntry.At(e.Span))
            .Concat(forbidden.Take(MostFindings).Select(FindingOf));
        if (forbidden.Count > 0)
        {
            findings = findings.Append(DiffDiagnostics.Forbidden.At(SourceSpan.None, DiffListing.Counted(forbidden.Select(d => d.Kind)), string.Join(" and ", failOn)));
        }

        return new DiffGate(new DiffListing(report, differences), [.. findings]);
    }

    /// <summary>What is changed is not proven to widen nothing, nor to narrow nothing.</summary>
    private static bool IsForbidden(ChangeKind kind, IReadOnlyCollection<string> failOn) =>
        failOn.Contains(Any) || failOn.Contains(kind.Word())
        || (kind == ChangeKind.Changed && (failOn.Contains(ChangeKind.Widened.Word()) || failOn.Contains(ChangeKind.Narrowed.Word())));

    /// <summary>
    /// At what decides now: a place of the old side is none that somebody could edit. The side that lets a flow pass is not
    /// what closes it, and the reverse.
    /// </summary>
    private static Diagnostic FindingOf(Difference difference)
    {
        var (before, after) = DiffListing.Effects(difference);
        var deciding = difference.Sides.OrderBy(s => s.After?.Passes == (difference.Kind is ChangeKind.Narrowed or ChangeKind.Removed))
            .Select(s => s.After).FirstOrDefault(d => d is { Rules.IsEmpty: false });
        return DiffDiagnostics.Unwanted.At(
            deciding?.Rules[0].Span ?? SourceSpan.None,
            difference.Kind.Word(),
            DiffListing.Ports(difference),
            DiffListing.Short(difference.Sources),
            DiffListing.Short(difference.Destinations),
            before,
            after,
            difference.Witness) with
        {
            Notes = [.. difference.Sides.SelectMany(s => new[] { Note(s.Direction, "before", s.Before), Note(s.Direction, "now", s.After) })],
        };
    }

    private static string Note(Direction direction, string when, PolicyDecision? decision)
    {
        ImmutableArray<string> rules = [.. (decision?.Rules ?? []).Select(r => $"{r} ({r.Span})")];
        return $"{direction.Word()} {when}: {DiffListing.Describe(decision)} {string.Join(", ", DiffListing.Cut(rules))}".TrimEnd();
    }
}
