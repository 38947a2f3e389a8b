using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answer of <c>policyc diff</c> as a comment on a pull request.</summary>
internal static class DiffMarkdown
{
    /// <summary>Characters; the largest comment of GitHub has 65,536.</summary>
    private const int Limit = 60_000;

    /// <summary>Ends and rules that are shown of each list.</summary>
    private const int Shown = 5;

    public static void Write(DiffListing listing, Stream output) => output.Write(Encoding.UTF8.GetBytes(Text(listing)));

    public static string Text(DiffListing listing)
    {
        var text = new StringBuilder($"**Network policies:** {MarkdownText.Escape(listing.Summary)}\n");
        var rows = new StringBuilder();
        var left = listing.Differences.Length;
        foreach (var item in listing.Differences)
        {
            var row = Row(item);
            if (text.Length + rows.Length + row.Length > Limit)
            {
                break;
            }

            rows.Append(row);
            left--;
        }

        if (rows.Length > 0)
        {
            text.Append("\n| | from | to | ports | before → now | because of | such as |\n|---|---|---|---|---|---|---|\n").Append(rows);
        }

        if (left > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{left:N0} more differences have no room in a comment.\n");
        }

        foreach (var gap in listing.Report.Gaps)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nNot every flow was compared: {MarkdownText.Escape(gap)}.\n");
        }

        return text.ToString();
    }

    private static string Row(ToleratedDifference item)
    {
        var difference = item.Difference;
        var (before, after) = DiffListing.Effects(difference);
        var word = difference.Kind == ChangeKind.Widened && !item.IsTolerated ? $"**{difference.Kind.Word()}**" : difference.Kind.Word();
        string[] cells =
        [
            item.By.IsEmpty ? word : $"{word}<br>tolerated{(item.IsTolerated ? "" : " in part")}: {MarkdownText.Escape(DiffListing.Reasons(item))}",
            List(difference.Sources.Select(e => Code(e.Text))),
            List(difference.Destinations.Select(e => Code(e.Text))),
            Code(DiffListing.Ports(difference)),
            $"{MarkdownText.Escape(before)} → {MarkdownText.Escape(after)}{Requests("−", difference.Before.RequestsBeyond(difference.After))}{Requests("+", difference.After.RequestsBeyond(difference.Before))}",
            string.Join("<br>", difference.Sides.Select(Side)),
            Code(difference.Witness.ToString()),
        ];
        return $"| {string.Join(" | ", cells)} |\n";
    }

    private static string Requests(string sign, IEnumerable<string> requests) => List(requests.Select(r => $"{sign} {Code(r)}")) is { Length: > 0 } list ? $"<br>{list}" : "";

    /// <summary>What decides now, or for what is gone what decided.</summary>
    private static string Side(SideChange side)
    {
        var decision = side.After ?? side.Before;
        var when = side.After is null && side.Before is not null ? "before " : "";
        return $"{side.Direction.Word()}: {when}{DiffListing.Describe(decision)} {List((decision?.Rules ?? []).Select(r => $"{Code(r.ToString())} ({Code(r.Span.ToString())})"))}".TrimEnd();
    }

    private static string List(IEnumerable<string> items) => string.Join("<br>", DiffListing.Cut([.. items], most: Shown));

    /// <summary>In a table a pipe ends the cell even in code; names have no backticks, and a file name that has shows without.</summary>
    private static string Code(string text) => $"`{text.Replace("`", "", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")}`";
}
