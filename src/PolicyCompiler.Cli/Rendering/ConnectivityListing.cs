using System.Buffers;
using System.Globalization;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answer of <c>policyc connectivity</c>. It is written row by row: a large cluster has millions.</summary>
internal static class ConnectivityListing
{
    private const int FlushBytes = 1 << 16;

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static void WriteText(ConnectivityReport report, Terminal terminal)
    {
        using var output = new StreamWriter(Terminal.OpenOutput());
        var rows = new List<ConnectivityRow>();
        var count = 0L;
        foreach (var row in report.Rows)
        {
            if (rows.Count > 0 && !ReferenceEquals(rows[0].Source, row.Source))
            {
                WriteSource();
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
        {
            WriteSource();
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count:N0} {(count == 1 ? "connection" : "connections")} of {report.Workloads.Length:N0} {(report.Workloads.Length == 1 ? "workload" : "workloads")}"));

        void WriteSource()
        {
            count += rows.Count;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{terminal.Strong(rows[0].Source.Text)}  {terminal.Faint(rows.Count == 1 ? "to 1 destination" : $"to {rows.Count:N0} destinations")}"));
            var width = rows.Max(r => r.Destination.Text.Length);
            foreach (var row in rows)
            {
                output.WriteLine($"  {row.Destination.Text.PadRight(width)}  {row.Ports}");
            }

            output.WriteLine();
            rows.Clear();
        }
    }

    public static void WriteJson(ConnectivityReport report)
    {
        using var output = Terminal.OpenOutput();
        JsonText.Write(output, json => json.WriteObjects("connections", report.Rows, row =>
        {
            json.WriteString("src", row.Source.Text);
            json.WriteString("dst", row.Destination.Text);
            json.WriteString("conn", row.Ports.ToString());
            if (json.BytesPending > FlushBytes)
            {
                json.Flush();
            }
        }));
    }

    public static void WriteCsv(ConnectivityReport report)
    {
        using var output = new StreamWriter(Terminal.OpenOutput()) { NewLine = "\n" };
        output.WriteLine("src,dst,conn");
        foreach (var row in report.Rows)
        {
            output.WriteLine($"{Field(row.Source.Text)},{Field(row.Destination.Text)},{Field(row.Ports.ToString())}");
        }
    }

    /// <summary>RFC 4180: in quotes where a comma, a quote or a line end is in it.</summary>
    private static string Field(string text) =>
        text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

}
