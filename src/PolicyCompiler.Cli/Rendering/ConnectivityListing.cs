using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answer of <c>policyc connectivity</c>. It is written row by row: a large cluster has millions.</summary>
internal static class ConnectivityListing
{
    private const int FlushBytes = 1 << 16;

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static void WriteText(ConnectivityReport report, bool withServices, Terminal terminal)
    {
        using var output = new StreamWriter(Terminal.OpenOutput());
        var count = WriteSources(
            report.Rows.Select(r => (r.Source, r.Destination.Text, r.Ports.ToString())), "destination", output, terminal);
        if (withServices)
        {
            var toServices = WriteSources(report.Services.Select(r => (r.Source, r.Service.Text, Describe(r))), "service", output, terminal);
            output.WriteLine($"{Counted(toServices, "connection")} to services");
        }

        output.WriteLine($"{Counted(count, "connection")} of {Counted(report.Ends.Length, "workload")}");
    }

    public static void WriteJson(ConnectivityReport report, bool withServices)
    {
        using var output = Terminal.OpenOutput();
        JsonText.Write(output, json =>
        {
            json.WriteObjects("connections", report.Rows, row =>
            {
                json.WriteString("src", row.Source.Text);
                json.WriteString("dst", row.Destination.Text);
                json.WriteString("conn", row.Ports.ToString());
                FlushWhenLong(json);
            });
            if (withServices)
            {
                json.WriteObjects("services", report.Services, row =>
                {
                    json.WriteString("src", row.Source.Text);
                    json.WriteString("dst", row.Service.Text);
                    json.WriteString("conn", row.Ports.ToString());
                    json.WriteString("partly", row.Partly.ToString());
                    FlushWhenLong(json);
                });
            }
        });
    }

    public static void WriteCsv(ConnectivityReport report, bool withServices)
    {
        using var output = new StreamWriter(Terminal.OpenOutput()) { NewLine = "\n" };
        output.WriteLine(withServices ? "src,dst,conn,partly" : "src,dst,conn");
        foreach (var row in report.Rows)
        {
            output.WriteLine($"{Field(row.Source.Text)},{Field(row.Destination.Text)},{Field(row.Ports.ToString())}{(withServices ? "," : "")}");
        }

        foreach (var row in withServices ? report.Services : [])
        {
            output.WriteLine($"{Field(row.Source.Text)},{Field(row.Service.Text)},{Field(row.Ports.ToString())},{Field(row.Partly.ToString())}");
        }
    }

    /// <summary>Rows that come ordered by source, under a line for each source.</summary>
    private static long WriteSources(
        IEnumerable<(ConnectivityEnd Source, string Destination, string Ports)> all, string what, StreamWriter output, Terminal terminal)
    {
        var rows = new List<(ConnectivityEnd Source, string Destination, string Ports)>();
        var count = 0L;
        foreach (var row in all)
        {
            if (rows.Count > 0 && rows[0].Source != row.Source)
            {
                WriteSource();
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
        {
            WriteSource();
        }

        return count;

        void WriteSource()
        {
            count += rows.Count;
            output.WriteLine($"{terminal.Strong(rows[0].Source.Text)}  {terminal.Faint($"to {Counted(rows.Count, what)}")}");
            var width = rows.Max(r => r.Destination.Length);
            foreach (var row in rows)
            {
                output.WriteLine($"  {row.Destination.PadRight(width)}  {row.Ports}");
            }

            output.WriteLine();
            rows.Clear();
        }
    }

    private static string Describe(ServiceConnectivityRow row) =>
        row.Partly.IsEmpty ? row.Ports.ToString() : $"{row.Ports}  (only some backends: {row.Partly})";

    private static string Counted(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    private static void FlushWhenLong(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushBytes)
        {
            json.Flush();
        }
    }

    /// <summary>RFC 4180: in quotes where a comma, a quote or a line end is in it.</summary>
    private static string Field(string text) =>
        text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
