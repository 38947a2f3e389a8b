using System.Collections;
using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>The rows in order, made while they are read.</summary>
/// <param name="ends">In ordinal order of their text.</param>
/// <param name="groups">By index.</param>
/// <param name="withItself">Whether an end has a row with itself.</param>
/// <param name="between">What is open between them.</param>
/// <param name="external">What is open between them and addresses.</param>
internal sealed class ConnectivityRows(
    ImmutableArray<(ConnectivityEnd End, WorkloadGroup Group)> ends,
    ImmutableArray<WorkloadGroup> groups,
    bool withItself,
    WorkloadOpenings between,
    ExternalOpenings external) : IEnumerable<ConnectivityRow>
{
    public IEnumerator<ConnectivityRow> GetEnumerator()
    {
        var incoming = Incoming();
        var next = 0;
        // Neighbours in the order are often of one group, whose openings are kept until the next one.
        var current = -1;
        var inside = new Opening[groups.Length];
        (ConnectivityEnd.Addresses Range, Opening Opening)[] outside = [];
        for (var source = 0; source < ends.Length; source++)
        {
            var (end, group) = ends[source];
            for (; next < incoming.Count && IsBefore(incoming[next].Range, end); next++)
            {
                foreach (var row in incoming[next].Rows)
                {
                    yield return row;
                }
            }

            if (group.Index != current)
            {
                current = group.Index;
                for (var i = 0; i < inside.Length; i++)
                {
                    inside[i] = between.Of(group, groups[i]);
                }

                outside = [.. external.Of(group.Classes, Direction.Egress).OrderBy(o => o.Range.Text, StringComparer.Ordinal)];
            }

            var written = 0;
            for (var destination = 0; destination < ends.Length; destination++)
            {
                for (; written < outside.Length && IsBefore(outside[written].Range, ends[destination].End); written++)
                {
                    yield return Row(end, outside[written].Range, outside[written].Opening);
                }

                var opening = destination != source ? inside[ends[destination].Group.Index]
                    : withItself ? between.Within(group)
                    : Opening.None;
                if (!opening.Ports.IsEmpty)
                {
                    yield return Row(end, ends[destination].End, opening);
                }
            }

            foreach (var (range, opening) in outside.Skip(written))
            {
                yield return Row(end, range, opening);
            }
        }

        foreach (var row in incoming.Skip(next).SelectMany(i => i.Rows))
        {
            yield return row;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What comes from addresses, in order.</summary>
    private List<(ConnectivityEnd.Addresses Range, List<ConnectivityRow> Rows)> Incoming()
    {
        var byRange = new Dictionary<ConnectivityEnd.Addresses, List<ConnectivityRow>>();
        var openings = new (ConnectivityEnd.Addresses Range, Opening Opening)[]?[groups.Length];
        foreach (var (end, group) in ends)
        {
            foreach (var (range, opening) in openings[group.Index] ??= [.. external.Of(group.Classes, Direction.Ingress)])
            {
                if (!byRange.TryGetValue(range, out var rows))
                {
                    byRange.Add(range, rows = []);
                }

                rows.Add(Row(range, end, opening));
            }
        }

        return [.. byRange.OrderBy(r => r.Key.Text, StringComparer.Ordinal).Select(r => (r.Key, r.Value))];
    }

    private static bool IsBefore(ConnectivityEnd a, ConnectivityEnd b) => string.CompareOrdinal(a.Text, b.Text) < 0;

    private static ConnectivityRow Row(ConnectivityEnd source, ConnectivityEnd destination, Opening opening) =>
        new(source, destination, opening.Ports, opening.Egress.Decided, opening.Ingress.Decided);
}
