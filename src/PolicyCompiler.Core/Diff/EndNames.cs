using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>Classes of ends -> what a report calls them.</summary>
internal sealed class EndNames
{
    private readonly DiffSide _old;
    private readonly DiffSide _new;
    private readonly Dictionary<(string Namespace, string Name, string Kind), int> _podsOf;
    private readonly IReadOnlyList<EndMember.Range> _occupied;
    private readonly int _places;
    private readonly int _nameSets;
    private readonly Dictionary<int[], ImmutableArray<DiffEnd>> _known = new(SequenceComparer.Instance);

    public EndNames(DiffSide old, DiffSide @new, IReadOnlyList<EndClass> classes, IReadOnlyList<EndMember.Range> occupied)
    {
        (_old, _new, _occupied) = (old, @new, occupied);
        _podsOf = classes.SelectMany(c => c.Members).OfType<EndMember.Pod>().CountBy(WorkloadOf).ToDictionary(w => w.Key, w => w.Value);
        var named = classes.SelectMany(c => c.Members).OfType<EndMember.Named>().ToList();
        _places = named.Select(n => n.Place).Distinct().Count();
        _nameSets = named.Select(KeyOf).Distinct(StringComparer.Ordinal).Count();
    }

    public int Workloads => _podsOf.Count;

    /// <param name="classes">In order of their indexes. The same classes have the same ends, as one object.</param>
    public ImmutableArray<DiffEnd> Of(ImmutableArray<EndClass> classes)
    {
        int[] key = [.. classes.Select(c => c.Index)];
        if (!_known.TryGetValue(key, out var ends))
        {
            _known.Add(key, ends = Name(classes));
        }

        return ends;
    }

    private ImmutableArray<DiffEnd> Name(ImmutableArray<EndClass> classes)
    {
        var members = classes.SelectMany(c => c.Members).ToList();
        var workloads = members.OfType<EndMember.Pod>().GroupBy(WorkloadOf).Select(w => (DiffEnd)new DiffEnd.Workload(
            w.Key.Namespace, w.Key.Name, w.Key.Kind,
            [.. w.Select(p => PodPairs.Reference(_old, _new, p)).Order(StringComparer.Ordinal)], _podsOf[w.Key])
        {
            OnePod = w.ToList() is [var one] && PairComparison.IsItself(_old, _new, one, one) ? one : null,
        });
        var nodes = members.OfType<EndMember.Node>().Select(n => (DiffEnd)new DiffEnd.Node(n.Name, n.IsMadeUp ? null : n.Old)).Distinct();
        var entities = members.OfType<EndMember.Reserved>().Select(r => (DiffEnd)new DiffEnd.Reserved(r.Entity));
        var ranges = members.OfType<EndMember.Range>().ToHashSet();
        // Where the addresses are meant whatever their names are, no set of names says more.
        var whole = members.OfType<EndMember.Named>().CountBy(n => n.Place).Where(p => p.Value == _nameSets && p.Key.Ranges.TrueForAll(ranges.Contains))
            .Select(p => p.Key).ToHashSet();
        var wholeRanges = whole.SelectMany(p => p.Ranges).ToHashSet();
        var names = members.OfType<EndMember.Named>().Where(n => !whole.Contains(n.Place)).GroupBy(KeyOf, StringComparer.Ordinal)
            .Select(n => new DiffEnd.Names(n.First().Patterns, n.Count() == _places ? [] : [.. Merge(n.SelectMany(m => m.Place.Ranges))]));
        return
        [
            .. workloads.OrderBy(Text, StringComparer.Ordinal), .. nodes.OrderBy(Text, StringComparer.Ordinal), .. entities,
            .. Merge(ranges.Where(IsWhole)), .. Merge(ranges.Where(r => !IsWhole(r))).Select(r => r.Nameless),
            .. names.OrderBy(n => n.Patterns.Length).ThenBy(Text, StringComparer.Ordinal),
        ];

        bool IsWhole(EndMember.Range range) => _nameSets == 0 || wholeRanges.Contains(range);

        static string Text(DiffEnd end) => end.Text;
    }

    private static string KeyOf(EndMember.Named named) => string.Join('\n', named.Patterns);

    private (string Namespace, string Name, string Kind) WorkloadOf(EndMember.Pod pod)
    {
        var endpoint = pod.New >= 0 ? _new.Graph.Cluster.Endpoints[pod.New] : _old.Graph.Cluster.Endpoints[pod.Old];
        return (endpoint.Namespace, endpoint.RootWorkload.Name, endpoint.RootWorkload.Kind);
    }

    /// <summary>Neighbours together, over ranges that only pods and nodes have.</summary>
    private IEnumerable<DiffEnd.Addresses> Merge(IEnumerable<EndMember.Range> ranges)
    {
        var wanted = ranges.Distinct().Select(r => (Range: r, Counts: true)).ToList();
        if (wanted.Count == 0)
        {
            yield break;
        }

        (IpAddress First, IpAddress Last)? pending = null;
        IpAddress? reached = null;
        foreach (var (range, counts) in wanted.Concat(_occupied.Select(r => (Range: r, Counts: false))).OrderBy(r => r.Range.First))
        {
            var follows = pending is not null && reached is { } end && end.Family == range.First.Family && end.Value + 1 == range.First.Value;
            if (!follows)
            {
                if (pending is { } complete)
                {
                    yield return new DiffEnd.Addresses(complete.First, complete.Last);
                }

                pending = null;
            }

            if (counts)
            {
                pending = (pending?.First ?? range.First, range.Last);
            }

            reached = range.Last;
        }

        if (pending is { } last)
        {
            yield return new DiffEnd.Addresses(last.First, last.Last);
        }
    }
}
