using System.Text;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Cli.Rendering.Connectivity;

/// <summary>For pull requests and wikis: tables.</summary>
internal static class ConnectivityMarkdown
{
    public static void Write(ConnectivityView view, Stream stream)
    {
        using var output = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        WriteTable(output, "Connections", ["Source", "Destination", "Ports", .. view.WithRules ? ["Egress", "Ingress"] : Array.Empty<string>()], view.Rows.Select(row =>
            new[] { row.Source.Text, row.Destination.Text, row.Ports.ToString() }
                .Concat(view.WithRules ? [view.Decisions.Line(row, Direction.Egress), view.Decisions.Line(row, Direction.Ingress)] : [])));
        if (view.WithServices)
        {
            output.WriteLine();
            WriteTable(output, "Connections to services", ["Source", "Service", "Ports", "Only some backends"], view.Services.Select(row =>
                new[] { row.Source.Text, row.Service.Text, row.Ports.ToString(), row.Partly.ToString() }));
        }

        if (view.Exposure is not null)
        {
            WriteExposure(view, output);
        }
    }

    private static void WriteExposure(ConnectivityView view, StreamWriter output)
    {
        output.WriteLine();
        string[] rules = view.WithRules ? ["Rules"] : [];
        WriteTable(output, "Exposure", ["Workload", "Direction", "Open to", "Ports", .. rules], view.Exposures.Select(row =>
            new[] { row.End.Text, ConnectivityView.Name(row.Direction), row.Peers.Text, ExposureText.Ports(row) }
                .Concat(rules.Select(_ => string.Join("; ", row.Rules.Select(r => view.Decisions.Describe(view.Tables.Graph.Rules[r.Value])))))));
    }

    private static void WriteTable(StreamWriter output, string title, string[] columns, IEnumerable<IEnumerable<string>> rows)
    {
        output.WriteLine($"## {title}");
        output.WriteLine();
        output.WriteLine($"| {string.Join(" | ", columns)} |");
        output.WriteLine($"|{string.Concat(columns.Select(_ => "---|"))}");
        foreach (var row in rows)
        {
            output.WriteLine($"| {string.Join(" | ", row.Select(Cell))} |");
        }
    }

    /// <summary>As it is read: what Markdown or HTML would take for markup is escaped.</summary>
    private static string Cell(string text)
    {
        var cell = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' or '|' or '*' or '_' or '`' or '[' or ']' or '~' or '#' => cell.Append('\\').Append(c),
                '<' => cell.Append("&lt;"),
                '>' => cell.Append("&gt;"),
                '&' => cell.Append("&amp;"),
                '\r' or '\n' => cell.Append(' '),
                _ => cell.Append(c),
            };
        }

        return cell.ToString();
    }
}
