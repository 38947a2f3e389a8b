using System.Text.Json;
using PolicyCompiler.Cli.Rendering.Connectivity;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Exposure;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Report;

/// <summary>
/// What the page knows, as JSON. It has the two sides of each pair of groups instead of the rows, as runs of equal answers,
/// and joins them itself: millions of rows stay small.
/// </summary>
internal sealed class ReportData(ConnectivityView view)
{
    private readonly Interned<PortSet> _ports = new();
    private readonly Interned<ConnectivitySide> _sides = new();
    private readonly Interned<int> _decisions = new();
    private readonly Interned<RuleId> _rules = new();
    private readonly Interned<int> _policies = new();
    private readonly Interned<string> _addresses = new();

    public byte[] ToJson() => DataArrays.Document(Write);

    private void Write(Utf8JsonWriter json)
    {
        var report = view.Report;
        var namespaces = new Interned<string>();
        json.WriteString("level", report.Options.Level == ConnectivityLevel.Pod ? "pod" : "workload");
        json.WriteString("asked", report.Options.Ports.IsAll ? "" : report.Options.Ports.ToString());
        json.WriteRows("ends", report.Ends.Select((end, i) => (End: (ConnectivityEnd.Workload)end, Group: report.Matrix.GroupOf[i])), e =>
        {
            json.WriteNumberValue(namespaces.IndexOf(e.End.Namespace));
            json.WriteStringValue(e.End.Name);
            json.WriteStringValue(e.End.Kind);
            json.WriteNumberValue(e.Group);
        });
        json.WriteStrings("namespaces", Enumerable.Range(0, namespaces.Count).Select(i => namespaces[i]));
        json.WriteNumbers("focus", Enumerable.Range(0, report.Ends.Length).Where(i => view.Focus?.Is(report.Ends[i]) ?? false));
        json.WriteString("direction", (view.Focus?.OnlyDirection) switch { null => "", Direction.Ingress => "in", _ => "out" });
        WriteMatrix(json, report.Matrix);
        WriteExternal(json, "incoming", report.Matrix, Direction.Ingress);
        WriteExternal(json, "outgoing", report.Matrix, Direction.Egress);
        json.WriteStrings("addresses", Enumerable.Range(0, _addresses.Count).Select(i => _addresses[i]));
        if (view.Exposure is not null)
        {
            WriteExposure(json, report, view.Exposures);
        }

        json.WriteRows("sides", Enumerable.Range(0, _sides.Count).Select(i => _sides[i]), side =>
        {
            json.WriteNumberValue(_ports.IndexOf(side.Ports));
            foreach (var decided in side.Decided)
            {
                json.WriteNumberValue(_decisions.IndexOf(decided.Decision));
                json.WriteNumberValue(_ports.IndexOf(decided.Ports));
            }
        });
        json.WriteRows("ports", Enumerable.Range(0, _ports.Count).Select(i => _ports[i]), ports =>
        {
            json.WriteStringValue(ports.ToString());
            foreach (var range in ports.Ranges)
            {
                json.WriteNumberValue(range.First);
                json.WriteNumberValue(range.Last);
            }
        });
        WriteDecisions(json);
    }

    private void WriteMatrix(Utf8JsonWriter json, ConnectivityMatrix matrix)
    {
        var ingress = new int[matrix.Groups, matrix.Groups];
        var exceptions = new List<int[]>();
        var egress = new int[matrix.Groups];
        json.WriteStartArray("egress");
        for (var source = 0; source < matrix.Groups; source++)
        {
            for (var destination = 0; destination < matrix.Groups; destination++)
            {
                var (ports, from, to) = matrix.Between(source, destination);
                egress[destination] = _sides.IndexOf(from);
                ingress[destination, source] = _sides.IndexOf(to);
                // Of pods that differ, what one may open and another may accept is not open.
                if (!ports.Equals(from.Ports.Intersect(to.Ports)))
                {
                    exceptions.Add([source, destination, _ports.IndexOf(ports)]);
                }
            }

            WriteRuns(json, egress);
        }

        json.WriteEndArray();
        json.WriteStartArray("ingress");
        for (var destination = 0; destination < matrix.Groups; destination++)
        {
            WriteRuns(json, [.. Enumerable.Range(0, matrix.Groups).Select(source => ingress[destination, source])]);
        }

        json.WriteEndArray();
        json.WriteRows("exceptions", exceptions, e => Array.ForEach(e, json.WriteNumberValue));
    }

    private static void WriteRuns(Utf8JsonWriter json, int[] values)
    {
        json.WriteStartArray();
        for (var first = 0; first < values.Length;)
        {
            var next = first + 1;
            while (next < values.Length && values[next] == values[first])
            {
                next++;
            }

            json.WriteNumberValue(values[first]);
            json.WriteNumberValue(next - first);
            first = next;
        }

        json.WriteEndArray();
    }

    private void WriteExternal(Utf8JsonWriter json, string name, ConnectivityMatrix matrix, Direction direction) =>
        json.WriteRows(name, Enumerable.Range(0, matrix.Groups), group =>
        {
            foreach (var (range, ports, decided) in matrix.External(group, direction))
            {
                json.WriteNumberValue(_addresses.IndexOf($"{range.First}-{range.Last}"));
                json.WriteNumberValue(_sides.IndexOf(new ConnectivitySide(ports, decided)));
            }
        });

    private void WriteExposure(Utf8JsonWriter json, ConnectivityReport report, IEnumerable<ExposureRow> rows)
    {
        var indexes = report.Ends.Select((end, i) => (end, i)).ToDictionary(e => e.end, e => e.i);
        json.WriteRows("exposure", rows, row =>
        {
            json.WriteNumberValue(indexes[row.End]);
            json.WriteStringValue(row.Direction == Direction.Ingress ? "in" : "out");
            json.WriteStringValue(row.Peers.Kind);
            json.WriteStringValue(row.Peers.Text);
            json.WriteStringValue(ExposureText.Ports(row));
            json.WriteNumberValue(_ports.IndexOf(row.Some));
            json.WriteBooleanValue(row.IsIsolated);
            foreach (var rule in row.Rules)
            {
                json.WriteNumberValue(_rules.IndexOf(rule));
            }
        });
    }

    private void WriteDecisions(Utf8JsonWriter json)
    {
        // A decision is its rules, or the reason why there is none.
        json.WriteRows("decisions", Enumerable.Range(0, _decisions.Count).Select(i => _decisions[i]), decision =>
        {
            var rules = view.Decisions.RulesOf(decision).ToList();
            json.WriteStringValue(rules.Count == 0 ? view.Decisions.ReasonOf(decision) : view.Decisions.ActionOf(decision));
            rules.ForEach(r => json.WriteNumberValue(_rules.IndexOf(r.Id)));
        });
        json.WriteRows("rules", Enumerable.Range(0, _rules.Count).Select(i => view.Tables.Graph.Rules[_rules[i].Value]), rule =>
            json.WriteRule(_policies.IndexOf(rule.PolicyIndex), rule.Place, rule.Span));
        json.WriteStrings("policies", Enumerable.Range(0, _policies.Count).Select(i => view.Tables.Graph.Policies[_policies[i]]).Select(p => $"{p.Kind} {p.Reference}"));
    }
}
