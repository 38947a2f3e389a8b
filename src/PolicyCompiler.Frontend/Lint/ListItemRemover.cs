using System.Collections.Immutable;
using System.Text;
using PolicyCompiler.Core.Diagnostics;
using YamlDotNet.Core;

namespace PolicyCompiler.Frontend.Lint;

/// <summary>
/// Deletes items of lists from a YAML text, and keeps every other character: an item that has its lines to itself goes with
/// them and with the comments right above it. Whatever cannot be deleted so is kept, with the reason.
/// </summary>
public static class ListItemRemover
{
    /// <param name="source">The text.</param>
    /// <param name="items">Where the items begin, behind their dashes.</param>
    public static ItemRemoval Remove(SourceText source, IEnumerable<SourceSpan> items)
    {
        Dictionary<(int, int), ListItem> known;
        try
        {
            known = ListItemScanner.Scan(source.Text);
        }
        catch (YamlException e)
        {
            return new ItemRemoval(source.Text, [], [.. items.Select(i => (i, $"the text cannot be read: {e.Message}"))]);
        }

        var removed = ImmutableArray.CreateBuilder<SourceSpan>();
        var kept = ImmutableArray.CreateBuilder<(SourceSpan, string)>();
        var left = new Dictionary<ListItems, int>();
        var lines = new HashSet<int>();
        foreach (var span in items.OrderBy(i => i.Line).ThenBy(i => i.Column))
        {
            var item = known.GetValueOrDefault((span.Line, span.Column));
            if (ReasonToKeep(source, item, left) is { } reason)
            {
                kept.Add((span, reason));
                continue;
            }

            left[item!.List] = left.GetValueOrDefault(item.List, item.List.Items.Count) - 1;
            removed.Add(span);
            lines.UnionWith(LinesOf(source, item));
        }

        return new ItemRemoval(Without(source.Text, lines), removed.ToImmutable(), kept.ToImmutable());
    }

    private static string? ReasonToKeep(SourceText source, ListItem? item, Dictionary<ListItems, int> left) => item switch
    {
        null => "it is written at another place, by an anchor",
        { List.IsBlock: false } => "it stands in a list between brackets",
        { HasAnchor: true } => "it has an anchor, which another place may use",
        _ when source.Line(item.Line)[..(item.Column - 1)].Trim() != "-" => "it shares its line with something else",
        _ when left.GetValueOrDefault(item.List, item.List.Items.Count) == 1 => "it is the last item of its list",
        _ => null,
    };

    private static IEnumerable<int> LinesOf(SourceText source, ListItem item)
    {
        var dash = source.Line(item.Line).IndexOf('-', StringComparison.Ordinal);
        var first = item.Line;
        while (first > 1 && source.Line(first - 1) is var above && above.TrimStart().StartsWith('#') && above.Length - above.TrimStart().Length == dash)
        {
            first--;
        }

        return Enumerable.Range(first, item.LastLine - first + 1);
    }

    private static string Without(string text, HashSet<int> lines)
    {
        if (lines.Count == 0)
        {
            return text;
        }

        var left = new StringBuilder(text.Length);
        var (line, start) = (1, 0);
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            if (!lines.Contains(line++))
            {
                left.Append(text, start, end - start);
            }

            start = end;
        }

        return left.ToString();
    }
}
