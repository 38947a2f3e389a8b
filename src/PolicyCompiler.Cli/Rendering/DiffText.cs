using System.Collections.Immutable;
using PolicyCompiler.Core.Diff;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answer of <c>policyc diff</c> for people.</summary>
internal static class DiffText
{
    public static void Write(DiffListing listing, Terminal terminal, Stream stream)
    {
        using var output = new StreamWriter(stream, leaveOpen: true);
        WriteDifferences(listing, terminal, output);
        output.WriteLine(listing.Differences.IsEmpty ? terminal.Good(listing.Summary) : listing.Summary);
    }

    /// <summary>Without the line that counts them.</summary>
    public static void WriteDifferences(DiffListing listing, Terminal terminal, TextWriter output)
    {
        foreach (var difference in listing.Differences)
        {
            Write(difference, terminal, output);
        }
    }

    private static void Write(ToleratedDifference item, Terminal terminal, TextWriter output)
    {
        var difference = item.Difference;
        var (before, after) = DiffListing.Effects(difference);
        output.WriteLine($"{Paint(item, terminal)}  {terminal.Strong(DiffListing.Ports(difference))}  {before} -> {after}");
        WriteEnds("from", [.. difference.Sources.Select(e => e.Text)]);
        WriteEnds("to", [.. difference.Destinations.Select(e => e.Text)]);
        WriteEnds("lost", [.. difference.Before.RequestsBeyond(difference.After)]);
        WriteEnds("gained", [.. difference.After.RequestsBeyond(difference.Before)]);
        foreach (var side in difference.Sides)
        {
            WriteDecision(Core.Graph.Directions.Word(side.Direction), "before", side.Before);
            WriteDecision("", "now", side.After);
        }

        output.WriteLine($"  {"flow",-9}{difference.Witness}");
        if (!item.By.IsEmpty)
        {
            output.WriteLine($"  {"allowed",-9}{(item.IsTolerated ? "" : "in part: ")}{DiffListing.Reasons(item)}");
        }

        foreach (var box in item.By.IsEmpty ? [] : item.Left)
        {
            output.WriteLine($"  {"",-9}not {DiffListing.Short(box.Sources)} -> {DiffListing.Short(box.Destinations)} on {box.Ports}");
        }

        output.WriteLine();

        void WriteEnds(string label, ImmutableArray<string> ends)
        {
            foreach (var (end, i) in Cut(ends, terminal.Verbose).Select((e, i) => (e, i)))
            {
                output.WriteLine($"  {(i == 0 ? label : ""),-9}{end}");
            }
        }

        void WriteDecision(string direction, string when, PolicyDecision? decision)
        {
            var text = $"  {direction,-9}{when,-8}{DiffListing.Describe(decision)}";
            ImmutableArray<string> rules = [.. (decision?.Rules ?? []).Select(r => $"{r}  {terminal.Faint(r.Span.ToString())}")];
            output.WriteLine(rules.IsEmpty ? text : $"{text} {rules[0]}");
            foreach (var rule in Cut(rules, terminal.Verbose).Skip(1))
            {
                output.WriteLine($"  {"",-17}{rule}");
            }
        }
    }

    private static string Paint(ToleratedDifference item, Terminal terminal)
    {
        var word = item.Difference.Kind.Word();
        return item.IsTolerated ? terminal.Faint(word)
            : item.Difference.Kind is ChangeKind.Widened ? terminal.Bad(word)
            : item.Difference.Kind is ChangeKind.Narrowed or ChangeKind.Changed ? terminal.Warn(word)
            : word;
    }

    private static IEnumerable<string> Cut(ImmutableArray<string> items, bool all) => all ? items : DiffListing.Cut(items, " (-v shows them)");
}
