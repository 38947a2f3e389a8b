using System.Globalization;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Cli.Rendering.Connectivity;

/// <summary>For people: rows under their sources. It is written row by row: a large cluster has millions.</summary>
internal static class ConnectivityText
{
    private const int ShownNames = 5;

    public static void Write(ConnectivityView view, Stream stream, Terminal terminal)
    {
        using var output = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        var count = WriteSources(
            view.Rows.Select(r => (r.Source, r.Destination.Text, r.Ports.ToString(), view.WithRules ? RulesOf(view, r) : [])), "destination", output, terminal);
        if (view.WithServices)
        {
            var toServices = WriteSources(view.Services.Select(r => (r.Source, r.Service.Text, Describe(r), Array.Empty<string>())), "service", output, terminal);
            output.WriteLine($"{Counted(toServices, "connection")} to services");
        }

        ExposureText.Write(view, output, terminal);
        var names = view.Unresolved.Select(u => u.Name.Text).Distinct().Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
        {
            var more = names.Count > ShownNames ? $" and {Counted(names.Count - ShownNames, "other")}" : "";
            output.WriteLine($"no row for what is open to names without a known address: {string.Join(", ", names.Take(ShownNames))}{more}");
            output.WriteLine(terminal.Faint("  state addresses with --dns-records FILE, or ask for --exposure"));
            output.WriteLine();
        }

        output.WriteLine($"{Counted(count, "connection")} of {Counted(view.Report.Ends.Length, view.EndsWord)}");
    }

    public static string Counted(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    /// <summary>Rows that come ordered by source, under a line for each source.</summary>
    private static long WriteSources(
        IEnumerable<(ConnectivityEnd Source, string Destination, string Ports, string[] Rules)> all, string what, StreamWriter output, Terminal terminal)
    {
        var rows = new List<(ConnectivityEnd Source, string Destination, string Ports, string[] Rules)>();
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
                foreach (var rule in row.Rules)
                {
                    output.WriteLine(terminal.Faint($"      {rule}"));
                }
            }

            output.WriteLine();
            rows.Clear();
        }
    }

    private static string[] RulesOf(ConnectivityView view, ConnectivityRow row) =>
    [
        .. new[] { Direction.Egress, Direction.Ingress }.SelectMany(d =>
        {
            var deciding = row.Deciding(d);
            return deciding.Select(x => deciding.Length == 1
                ? $"{ConnectivityView.Name(d),-7}  {view.Decisions.Describe(x.Decision)}"
                : $"{ConnectivityView.Name(d),-7}  {x.Ports}: {view.Decisions.Describe(x.Decision)}");
        }),
    ];

    private static string Describe(ServiceConnectivityRow row) =>
        row.Partly.IsEmpty ? row.Ports.ToString() : $"{row.Ports}  (only some backends: {row.Partly})";
}
