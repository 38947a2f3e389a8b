using System.Collections.Immutable;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// The cells of a direction policy with the entries that match each: also those of the baseline tier that are out of play
/// while the endpoints are isolated.
/// </summary>
internal sealed class DirectionCells
{
    private readonly PortClassifier _ports;
    private readonly Dictionary<int, int[]> _entriesOfIdentity = [];
    private readonly int[] _common;
    private readonly List<int>[] _columns;
    private readonly List<int> _touched = [];

    /// <param name="policy">The direction policy.</param>
    /// <param name="entries">Its entries of every tier.</param>
    /// <param name="identities">All identities, the placeholder included.</param>
    /// <param name="letIn">Indexes of those that the program lets in before it asks the tables.</param>
    public DirectionCells(DirectionPolicy policy, ImmutableArray<PolicyEntry> entries, ImmutableArray<Identity> identities, IReadOnlySet<int> letIn)
    {
        (Policy, Entries, _ports) = (policy, entries, new PortClassifier(entries));
        _columns = new List<int>[_ports.Columns];
        var specific = new SortedDictionary<int, List<int>>();
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var identity in entries[i].Identities)
            {
                if (!specific.TryGetValue(identity, out var list))
                {
                    specific.Add(identity, list = []);
                }

                list.Add(i);
            }
        }

        _common = [.. Enumerable.Range(0, entries.Length).Where(i => entries[i].AnyIdentity)];
        var signatures = new Dictionary<int[], int[]>(SequenceComparer.Instance);
        var classes = new HashSet<int[]>(ReferenceEqualityComparer.Instance);
        foreach (var (identity, list) in specific)
        {
            int[] signature = [.. _common.Concat(list).Order()];
            if (signatures.TryGetValue(signature, out var known))
            {
                signature = known;
            }
            else
            {
                signatures.Add(signature, signature);
            }

            _entriesOfIdentity.Add(identity, signature);
            if (!letIn.Contains(identity))
            {
                classes.Add(signature);
            }
        }

        // The placeholder is no identity.
        var others = identities.Length - 1 - specific.Count - letIn.Count(i => !specific.ContainsKey(i));
        Classes = others > 0 ? [.. classes, _common] : [.. classes];
    }

    /// <summary>Called with the entries that match a cell, ascending; false ends the visit.</summary>
    public delegate bool CellVisitor(ReadOnlySpan<int> matching);

    public DirectionPolicy Policy { get; }

    /// <summary>In the order in which they are asked.</summary>
    public ImmutableArray<PolicyEntry> Entries { get; }

    /// <summary>The entries that match, ascending, of each class of identities that the tables decide about.</summary>
    public ImmutableArray<int[]> Classes { get; }

    /// <summary>The entries that match an identity.</summary>
    public int[] EntriesOf(int identity) => _entriesOfIdentity.GetValueOrDefault(identity, _common);

    /// <summary>Every cell of a class; columns that only entries for every port match are one cell.</summary>
    /// <returns>False when the visitor ended it.</returns>
    public bool Visit(int[] signature, CellVisitor visitor)
    {
        var anyPort = new List<int>();
        foreach (var entry in signature)
        {
            if (Entries[entry].AnyPort)
            {
                anyPort.Add(entry);
                continue;
            }

            foreach (var column in _ports.ColumnsOf(entry))
            {
                var list = _columns[column] ??= [];
                if (list.Count == 0)
                {
                    _touched.Add(column);
                }

                list.Add(entry);
            }
        }

        var goesOn = _touched.Count == _ports.Columns || visitor(anyPort.ToArray());
        foreach (var column in _touched)
        {
            goesOn = goesOn && visitor(Merge(anyPort, _columns[column]));
            _columns[column].Clear();
        }

        _touched.Clear();
        return goesOn;
    }

    private static int[] Merge(List<int> left, List<int> right)
    {
        var merged = new int[left.Count + right.Count];
        var (i, j) = (0, 0);
        for (var k = 0; k < merged.Length; k++)
        {
            merged[k] = j == right.Count || (i < left.Count && left[i] < right[j]) ? left[i++] : right[j++];
        }

        return merged;
    }
}
