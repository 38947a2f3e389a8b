using System.Globalization;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Cli.Rendering.Connectivity;

/// <summary>For Graphviz: a cluster for each namespace, an edge for each row.</summary>
internal static class ConnectivityDot
{
    public static void Write(ConnectivityView view, Stream stream)
    {
        using var output = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        var rows = view.Rows.ToList();
        var ids = new Dictionary<ConnectivityEnd, string>();
        foreach (var end in view.Report.Ends.Where(e => view.Focus is null || view.Focus.Is(e)).Concat(rows.SelectMany(r => new[] { r.Source, r.Destination })))
        {
            ids.TryAdd(end, string.Create(CultureInfo.InvariantCulture, $"n{ids.Count}"));
        }

        output.WriteLine("digraph connectivity {");
        output.WriteLine("  rankdir=LR; compound=true; fontname=\"sans-serif\"; node [shape=box, style=rounded, fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\", fontsize=10];");
        foreach (var group in ids.Keys.GroupBy(NamespaceOf).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (group.Key.Length == 0)
            {
                WriteNodes(group, "  ");
                continue;
            }

            output.WriteLine($"  subgraph {Quote($"cluster_{group.Key}")} {{");
            output.WriteLine($"    label={Quote(group.Key)}; style=\"rounded,filled\"; color=\"#94a3b8\"; fillcolor=\"#f1f5f9\";");
            WriteNodes(group, "    ");
            output.WriteLine("  }");
        }

        foreach (var row in rows)
        {
            var tip = view.WithRules
                ? $", tooltip={Quote($"egress: {view.Decisions.Line(row, Direction.Egress)}\ningress: {view.Decisions.Line(row, Direction.Ingress)}")}"
                : "";
            output.WriteLine($"  {ids[row.Source]} -> {ids[row.Destination]} [label={Quote(row.Ports.ToString())}{tip}];");
        }

        foreach (var row in view.Services)
        {
            if (ids.TryAdd(row.Service, string.Create(CultureInfo.InvariantCulture, $"n{ids.Count}")))
            {
                output.WriteLine($"  {ids[row.Service]} [label={Quote(row.Service.Text)}, shape=hexagon];");
            }

            if (ids.TryAdd(row.Source, string.Create(CultureInfo.InvariantCulture, $"n{ids.Count}")))
            {
                output.WriteLine($"  {ids[row.Source]} [label={Quote(Label(row.Source))}, shape=ellipse];");
            }

            output.WriteLine($"  {ids[row.Source]} -> {ids[row.Service]} [label={Quote(row.Ports.ToString())}, style=dashed];");
        }

        output.WriteLine("}");

        void WriteNodes(IEnumerable<ConnectivityEnd> ends, string indent)
        {
            foreach (var end in ends)
            {
                var shape = end is ConnectivityEnd.Addresses ? ", shape=ellipse" : "";
                output.WriteLine($"{indent}{ids[end]} [label={Quote(Label(end))}{shape}];");
            }
        }
    }

    private static string NamespaceOf(ConnectivityEnd end) => end is ConnectivityEnd.Workload workload ? workload.Namespace : "";

    private static string Label(ConnectivityEnd end) => end switch
    {
        ConnectivityEnd.Workload workload => $"{workload.Name}\n{workload.Kind}",
        ConnectivityEnd.WholeNamespace all => all.Name,
        ConnectivityEnd.Addresses range => $"{range.First}\n{range.Last}",
        _ => end.Text,
    };

    private static string Quote(string text) => $"\"{text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
