using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>What <c>policyc diff</c> shows, in the words that all its formats share.</summary>
internal sealed class DiffListing(DiffReport report, ImmutableArray<ToleratedDifference> differences)
{
    /// <summary>Ends and rules that are shown of each list.</summary>
    private const int Shown = 8;

    public DiffReport Report { get; } = report;

    public ImmutableArray<ToleratedDifference> Differences { get; } = differences;

    /// <summary>The last line: a count, or the statement that nothing differs.</summary>
    public string Summary => Differences.IsEmpty
        ? $"no difference in any flow {Scope}"
        : $"{Counted(Differences.Select(d => d.Difference.Kind))} {Scope}";

    /// <summary>What was compared.</summary>
    private string Scope => string.Create(
        CultureInfo.InvariantCulture,
        $"({Report.EndClasses:N0} classes of sources x {Report.EndClasses:N0} classes of destinations, every protocol and port; {Report.Workloads:N0} workload{(Report.Workloads == 1 ? "" : "s")}{(Report.Gaps.IsEmpty ? "" : "; not every name")})");

    /// <summary><c>2 differences: 1 widened, 1 narrowed</c>.</summary>
    public static string Counted(IEnumerable<ChangeKind> kinds)
    {
        var all = kinds.Order().ToList();
        var parts = all.CountBy(k => k).Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Value:N0} {k.Key.Word()}"));
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count:N0} difference{(all.Count == 1 ? "" : "s")}: {string.Join(", ", parts)}");
    }

    public static string Ports(Difference difference) => difference.Family is { } family ? $"{difference.Ports} over {family}" : difference.Ports.ToString();

    /// <summary>What became of the flows; an end that is not there has none.</summary>
    public static (string Before, string After) Effects(Difference difference) => (
        difference.Kind == ChangeKind.Added ? "no such end" : difference.Before.ToString(),
        difference.Kind == ChangeKind.Removed ? "no such end" : difference.After.ToString());

    /// <summary>What a side decided, without the rules.</summary>
    public static string Describe(PolicyDecision? decision) => decision switch
    {
        null => "no policy applies",
        { Kind: DecisionKind.DefaultDeny } => "denied by default, isolated by",
        { Kind: DecisionKind.NotIsolated } => "not restricted",
        { Kind: DecisionKind.NodeLocal } => "allowed, as from the own node",
        { Passes: true } => "allowed by",
        _ => "denied by",
    };

    /// <summary>The first of a set of ends, for a line.</summary>
    public static string Short(ImmutableArray<DiffEnd> ends) => string.Join(", ", Cut([.. ends.Select(e => e.Text)]));

    /// <summary>The first items, and how many more there are.</summary>
    /// <param name="items">All of them.</param>
    /// <param name="hint">Behind the number of those that are left out.</param>
    /// <param name="most">How many lines there may be, the one that counts the others included.</param>
    public static IEnumerable<string> Cut(ImmutableArray<string> items, string hint = "", int most = Shown) => items.Length <= most
        ? items
        : items.Take(most - 1).Append(string.Create(CultureInfo.InvariantCulture, $"and {items.Length - most + 1:N0} more{hint}"));

    /// <summary>The reasons for which a difference is tolerated.</summary>
    public static string Reasons(ToleratedDifference difference) => string.Join("; ", difference.By.Select(e => e.Reason).Distinct());
}
