using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What is open between endpoints and the addresses that are no pod's.</summary>
internal sealed class ExternalOpenings(IdentityTable identities, SideAnswers answers, PortSetPool pool)
{
    private readonly ImmutableArray<(AddressFamily Family, ImmutableArray<(IpAddress First, IpAddress Last, int Identity)> Ranges)> _space =
    [
        .. new[] { AddressFamily.IPv4, AddressFamily.IPv6 }.Where(f => AddressPartition.Matters(identities, f))
            .Select(f => (f, AddressPartition.Of(identities, f))),
    ];

    private readonly Dictionary<(int Policy, AddressFamily Family), List<(int First, SideAnswer Answer)>> _runs = [];

    /// <summary>Of the endpoints of some classes together: the longest ranges with the same open ports, in address order.</summary>
    public IEnumerable<(ConnectivityEnd.Addresses Range, Opening Opening)> Of(IReadOnlyList<EndpointClass> classes, Direction direction)
    {
        foreach (var (family, ranges) in _space)
        {
            var policies = classes.Where(c => c.Has(family)).Select(c => direction == Direction.Ingress ? c.Ingress : c.Egress).Distinct().ToList();
            if (policies.Count == 0)
            {
                continue;
            }

            var pending = (First: 0, Opening: Opening.None);
            foreach (var (first, opening) in Sweep([.. policies.Select(p => Runs(p, family, ranges))], direction))
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

    /// <summary>Wherever the answer of one of the policies changes: what they open together from that range on.</summary>
    private IEnumerable<(int First, Opening Opening)> Sweep(IReadOnlyList<List<(int First, SideAnswer Answer)>> policies, Direction direction)
    {
        var at = new int[policies.Count];
        foreach (var first in policies.SelectMany(p => p.Select(r => r.First)).Distinct().Order())
        {
            var opening = Opening.None;
            for (var i = 0; i < at.Length; i++)
            {
                while (at[i] + 1 < policies[i].Count && policies[i][at[i] + 1].First <= first)
                {
                    at[i]++;
                }

                var answer = policies[i][at[i]].Answer;
                opening = Opening.Union(
                    opening,
                    direction == Direction.Ingress ? new Opening(answer.Ports, ConnectivitySide.Closed, answer.Side) : new Opening(answer.Ports, answer.Side, ConnectivitySide.Closed),
                    pool);
            }

            yield return (first, opening);
        }
    }

    /// <summary>The indexes of the ranges at which a policy's answer changes.</summary>
    private List<(int First, SideAnswer Answer)> Runs(
        int policy, AddressFamily family, ImmutableArray<(IpAddress First, IpAddress Last, int Identity)> ranges)
    {
        if (!_runs.TryGetValue((policy, family), out var runs))
        {
            _runs.Add((policy, family), runs = []);
            for (var i = 0; i < ranges.Length; i++)
            {
                var answer = answers.Of(policy, ranges[i].Identity);
                if (runs.Count == 0 || !ReferenceEquals(runs[^1].Answer, answer))
                {
                    runs.Add((i, answer));
                }
            }
        }

        return runs;
    }
}
