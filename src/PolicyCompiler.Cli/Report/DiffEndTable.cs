using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Cli.Report;

/// <summary>
/// The ends that differences name, in an order in which those of a namespace follow each other: so sets of them are few
/// ranges.
/// </summary>
internal sealed class DiffEndTable
{
    private const string Inside = "nodes and entities";
    private const string Outside = "outside the cluster";

    private readonly List<DiffEnd> _ends;
    private readonly Dictionary<DiffEnd, int> _indexes;
    private readonly Dictionary<ImmutableArray<DiffEnd>, int> _known = [];
    private readonly Interned<string> _sets = new();
    private readonly List<int[]> _ranges = [];

    public DiffEndTable(ImmutableArray<ToleratedDifference> differences)
    {
        var sets = differences.SelectMany(d => d.Left.SelectMany(l => new[] { l.Sources, l.Destinations }).Prepend(d.Difference.Destinations).Prepend(d.Difference.Sources));
        _ends =
        [
            .. sets.Distinct().SelectMany(s => s).Distinct()
                .OrderBy(Box).ThenBy(e => (e as DiffEnd.Workload)?.Namespace, StringComparer.Ordinal)
                .ThenBy(e => e is DiffEnd.Addresses range ? range.First : default)
                .ThenBy(Label, StringComparer.Ordinal).ThenBy(e => e.Text, StringComparer.Ordinal),
        ];
        _indexes = _ends.Select((end, i) => (end, i)).ToDictionary(e => e.end, e => e.i);
    }

    /// <summary>Number of a set of ends.</summary>
    public int SetOf(ImmutableArray<DiffEnd> ends)
    {
        if (!_known.TryGetValue(ends, out var index))
        {
            var ranges = Ranges([.. ends.Select(e => _indexes[e]).Order()]);
            index = _sets.IndexOf(string.Join(',', ranges));
            if (index == _ranges.Count)
            {
                _ranges.Add(ranges);
            }

            _known.Add(ends, index);
        }

        return index;
    }

    /// <summary>All ends, and the sets that have been asked for as pairs of a first index and a count.</summary>
    public void Write(Utf8JsonWriter json)
    {
        var boxes = new Interned<(bool IsNamespace, string Name)>();
        json.WriteRows("ends", _ends, end =>
        {
            json.WriteNumberValue(boxes.IndexOf(end is DiffEnd.Workload w ? (true, w.Namespace) : (false, Box(end) == 1 ? Inside : Outside)));
            json.WriteStringValue(Label(end));
            json.WriteStringValue(end.Text);
            json.WriteBooleanValue(end is DiffEnd.Workload { IsOnePod: true });
        });
        json.WriteRows("boxes", boxes.Items, box =>
        {
            json.WriteStringValue(box.Name);
            json.WriteBooleanValue(box.IsNamespace);
        });
        json.WriteRows("sets", _ranges, ranges => Array.ForEach(ranges, json.WriteNumberValue));
    }

    private static int Box(DiffEnd end) => end switch
    {
        DiffEnd.Workload => 0,
        DiffEnd.Node or DiffEnd.Reserved => 1,
        _ => 2,
    };

    /// <summary>What stands in a node of the graph.</summary>
    private static string Label(DiffEnd end) => end switch
    {
        DiffEnd.Workload workload when workload.Pods.Length < workload.Total => string.Create(
            CultureInfo.InvariantCulture, $"{workload.Name} ({workload.Pods.Length} of {workload.Total})"),
        DiffEnd.Workload workload => workload.Name,
        DiffEnd.Node node => node.Name,
        DiffEnd.Reserved reserved => reserved.Entity.Name(),
        DiffEnd.Names names => string.Join(" + ", names.Patterns),
        _ => end.Text,
    };

    private static int[] Ranges(List<int> indexes)
    {
        var ranges = new List<int>();
        for (var i = 0; i < indexes.Count; i++)
        {
            if (i > 0 && indexes[i] == indexes[i - 1] + 1)
            {
                ranges[^1]++;
            }
            else
            {
                ranges.AddRange([indexes[i], 1]);
            }
        }

        return [.. ranges];
    }
}
