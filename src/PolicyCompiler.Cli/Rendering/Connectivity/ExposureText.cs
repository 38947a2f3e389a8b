using PolicyCompiler.Core.Exposure;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Cli.Rendering.Connectivity;

/// <summary>Words for rows of exposure.</summary>
internal static class ExposureText
{
    /// <summary>Rows under their workloads.</summary>
    public static void Write(ConnectivityView view, StreamWriter output, Terminal terminal)
    {
        foreach (var end in view.Exposures.GroupBy(r => r.End))
        {
            output.WriteLine($"{terminal.Strong(end.Key.Text)}  {terminal.Faint("is open")}");
            var rows = end.Select(r => (Row: r, Peers: $"{(r.Direction == Direction.Egress ? "to" : "from"),-4} {r.Peers.Text}")).ToList();
            var width = rows.Max(r => r.Peers.Length);
            foreach (var (row, peers) in rows)
            {
                output.WriteLine($"  {peers.PadRight(width)}  {Ports(row)}{(row.IsIsolated ? "" : terminal.Faint("  (no policy isolates it)"))}");
                foreach (var rule in view.WithRules ? row.Rules : [])
                {
                    output.WriteLine(terminal.Faint($"      {view.Decisions.Describe(view.Tables.Graph.Rules[rule.Value])}"));
                }
            }

            output.WriteLine();
        }
    }

    /// <summary>What is open to all of the peers; then what some of them get besides.</summary>
    public static string Ports(ExposureRow row)
    {
        var parts = new List<string>();
        if (!row.Ports.IsEmpty)
        {
            parts.Add(row.Ports.ToString());
        }

        if (!row.Some.Equals(row.Ports))
        {
            parts.Add(row.Ports.IsEmpty ? $"some of them: {row.Some}" : $"(some of them: {row.Some})");
        }

        parts.AddRange(row.Names.Select(n => $"port '{n}'"));
        return string.Join(' ', parts);
    }
}
