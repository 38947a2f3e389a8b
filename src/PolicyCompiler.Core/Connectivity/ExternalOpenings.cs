using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What is open between endpoints and the addresses that are no pod's.</summary>
internal sealed class ExternalOpenings(PolicyTables tables, TableEvaluator evaluator, SideAnswers answers, PortSetPool pool)
{
    private readonly ImmutableArray<(AddressFamily Family, ImmutableArray<(IpAddress First, IpAddress Last, AddressClass Class)> Ranges)> _space =
    [
        .. new[] { AddressFamily.IPv4, AddressFamily.IPv6 }.Where(f => AddressPartition.Matters(tables.Identities, f))
            .Select(f => (f, AddressPartition.Of(tables, evaluator, f))),
    ];

    private readonly bool _nodesHaveSides = tables.Graph.Cluster.Endpoints.Any(e => e.IsNode);
    private readonly Dictionary<(Direction Direction, int Policy, int Identity, AddressFamily Family), List<(int First, SideAnswer Answer, SideAnswer? OfNode)>> _runs = [];

    /// <summary>Of the endpoints of some classes together: the longest ranges with the same open ports, in address order.</summary>
    public IEnumerable<(ConnectivityEnd.Addresses Range, Opening Opening)> Of(IReadOnlyList<EndpointClass> classes, Direction direction)
    {
        foreach (var (family, ranges) in _space)
        {
            // Who it is matters to nodes alone.
            var subjects = classes.Where(c => c.Has(family))
                .Select(c => (Policy: direction == Direction.Ingress ? c.Ingress : c.Egress, Identity: _nodesHaveSides ? c.IdentityIn(family) : 0)).Distinct().ToList();
            if (subjects.Count == 0)
            {
                continue;
            }

            var pending = (First: 0, Opening: Opening.None);
            foreach (var (first, opening) in Sweep([.. subjects.Select(s => Runs(direction, s.Policy, s.Identity, family, ranges))], direction))
            {
                if (opening.Ports.Equals(pending.Opening.Ports))
                {
                    pending.Opening = Opening.Union(pending.Opening, opening, pool);
                    continue;
                }

                if (first > 0 && !pending.Opening.Ports.IsEmpty)
                {
                    yield return (new ConnectivityEnd.Addresses(ranges[pending.First].First, ranges[first - 1].Last), pending.Opening);
                }

                pending = (first, opening);
            }

            if (!pending.Opening.Ports.IsEmpty)
            {
                yield return (new ConnectivityEnd.Addresses(ranges[pending.First].First, ranges[^1].Last), pending.Opening);
            }
        }
    }

    /// <summary>Wherever the answer of one of the subjects changes: what they open together from that range on.</summary>
    private IEnumerable<(int First, Opening Opening)> Sweep(
        IReadOnlyList<List<(int First, SideAnswer Answer, SideAnswer? OfNode)>> subjects, Direction direction)
    {
        var at = new int[subjects.Count];
        foreach (var first in subjects.SelectMany(s => s.Select(r => r.First)).Distinct().Order())
        {
            var opening = Opening.None;
            for (var i = 0; i < at.Length; i++)
            {
                while (at[i] + 1 < subjects[i].Count && subjects[i][at[i] + 1].First <= first)
                {
                    at[i]++;
                }

                var (_, answer, ofNode) = subjects[i][at[i]];
                var ports = ofNode is null ? answer.Ports : pool.Intersect(answer.Ports, ofNode.Ports);
                var other = ofNode?.Side ?? ConnectivitySide.Closed;
                opening = Opening.Union(
                    opening, direction == Direction.Ingress ? new Opening(ports, other, answer.Side) : new Opening(ports, answer.Side, other), pool);
            }

            yield return (first, opening);
        }
    }

    /// <summary>The indexes of the ranges at which a subject's answer changes, or that of the node that has the addresses.</summary>
    private List<(int First, SideAnswer Answer, SideAnswer? OfNode)> Runs(
        Direction direction, int policy, int identity, AddressFamily family, ImmutableArray<(IpAddress First, IpAddress Last, AddressClass Class)> ranges)
    {
        if (!_runs.TryGetValue((direction, policy, identity, family), out var runs))
        {
            _runs.Add((direction, policy, identity, family), runs = []);
            for (var i = 0; i < ranges.Length; i++)
            {
                var answer = answers.Of(policy, ranges[i].Class);
                var node = direction == Direction.Ingress ? ranges[i].Class.Egress : ranges[i].Class.Ingress;
                var ofNode = node == SideAnswers.NoPolicy ? null : answers.Of(node, identity);
                if (runs.Count == 0 || !ReferenceEquals(runs[^1].Answer, answer) || !ReferenceEquals(runs[^1].OfNode, ofNode))
                {
                    runs.Add((i, answer, ofNode));
                }
            }
        }

        return runs;
    }
}
