using System.Buffers;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Cli.Rendering.Connectivity;

/// <summary>For spreadsheets: a line a row (RFC 4180, but for lines that end in LF).</summary>
internal static class ConnectivityCsv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static void Write(ConnectivityView view, Stream stream)
    {
        using var output = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        output.Write("src,dst,conn");
        output.Write(view.WithServices ? ",partly" : "");
        output.WriteLine(view.WithRules ? ",egress,ingress" : "");
        foreach (var row in view.Rows)
        {
            output.Write($"{Field(row.Source.Text)},{Field(row.Destination.Text)},{Field(row.Ports.ToString())}");
            output.Write(view.WithServices ? "," : "");
            output.WriteLine(view.WithRules
                ? $",{Field(view.Decisions.Line(row, Direction.Egress))},{Field(view.Decisions.Line(row, Direction.Ingress))}"
                : "");
        }

        foreach (var row in view.Services)
        {
            output.Write($"{Field(row.Source.Text)},{Field(row.Service.Text)},{Field(row.Ports.ToString())},{Field(row.Partly.ToString())}");
            output.WriteLine(view.WithRules ? ",," : "");
        }
    }

    /// <summary>In quotes where a comma, a quote or a line end is in it.</summary>
    private static string Field(string text) =>
        text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
