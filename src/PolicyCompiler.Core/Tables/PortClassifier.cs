using System.Collections.Immutable;

namespace PolicyCompiler.Core.Tables;

/// <summary>Partitions the port keys so that all keys of a class are matched by the same entries.</summary>
internal sealed class PortClassifier
{
    private readonly List<(PortKeyRange Range, int Column)> _classes = [];
    private readonly List<int>[] _columnsOf;

    public PortClassifier(ImmutableArray<PolicyEntry> entries)
    {
        _columnsOf = new List<int>[entries.Length];
        var edges = new SortedDictionary<int, (List<int> Opens, List<int> Closes)> { [0] = ([], []) };
        for (var i = 0; i < entries.Length; i++)
        {
            _columnsOf[i] = [];
            if (entries[i].AnyPort)
            {
                continue;
            }

            foreach (var range in entries[i].Ports)
            {
                At(range.First).Opens.Add(i);
                At(range.Last + 1).Closes.Add(i);
            }
        }

        edges.Remove(PortKey.Count);
        var open = new SortedSet<int>();
        var columns = new Dictionary<int[], int>(SequenceComparer.Instance);
        var keys = edges.Keys.Append(PortKey.Count).ToArray();
        var next = 0;
        foreach (var (_, (opens, closes)) in edges)
        {
            open.ExceptWith(closes);
            open.UnionWith(opens);
            int[] signature = [.. open];
            if (!columns.TryGetValue(signature, out var column))
            {
                columns.Add(signature, column = columns.Count);
                foreach (var entry in signature)
                {
                    _columnsOf[entry].Add(column);
                }
            }

            _classes.Add((new PortKeyRange(keys[next], keys[next + 1] - 1), column));
            next++;
        }

        Columns = columns.Count;

        (List<int> Opens, List<int> Closes) At(int key)
        {
            if (!edges.TryGetValue(key, out var edge))
            {
                edges.Add(key, edge = ([], []));
            }

            return edge;
        }
    }

    /// <summary>Number of classes. A class is called a column: it is one in the verdict table.</summary>
    public int Columns { get; }

    /// <summary>Ranges in ascending order that cover all keys.</summary>
    public IReadOnlyList<(PortKeyRange Range, int Column)> Classes => _classes;

    /// <summary>Columns that the entry matches; none for an entry that matches every key, which needs no list.</summary>
    public IReadOnlyList<int> ColumnsOf(int entry) => _columnsOf[entry];
}
