using System.Collections;
using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>The rows in order, made while they are read.</summary>
/// <param name="workloads">In ordinal order of their text.</param>
/// <param name="groups">By index.</param>
/// <param name="between">What is open between workloads.</param>
/// <param name="external">What is open between workloads and addresses.</param>
internal sealed class ConnectivityRows(
    ImmutableArray<(ConnectivityEnd.Workload End, WorkloadGroup Group)> workloads,
    ImmutableArray<WorkloadGroup> groups,
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
        for (var source = 0; source < workloads.Length; source++)
        {
            var (end, group) = workloads[source];
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
            for (var destination = 0; destination < workloads.Length; destination++)
            {
                for (; written < outside.Length && IsBefore(outside[written].Range, workloads[destination].End); written++)
                {
                    yield return Row(end, outside[written].Range, outside[written].Opening);
                }

                var opening = inside[workloads[destination].Group.Index];
                if (destination != source && !opening.Ports.IsEmpty)
                {
                    yield return Row(end, workloads[destination].End, opening);
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
        foreach (var (end, group) in workloads)
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
        new(source, destination, opening.Ports, opening.Egress, opening.Ingress);
}
