using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>
/// The ends that are no pods: all addresses, cut wherever either side tells them apart; nodes; what DNS names can resolve to;
/// reserved entities.
/// </summary>
internal sealed class OutsideEnds
{
    private static readonly AddressFamily[] Families = [AddressFamily.IPv4, AddressFamily.IPv6];

    private readonly DiffSide _old;
    private readonly DiffSide _new;
    private readonly IdentityPairs _identities;
    private readonly HashSet<IpAddress> _taken;

    public OutsideEnds(DiffSide old, DiffSide @new, IdentityPairs identities)
    {
        (_old, _new, _identities) = (old, @new, identities);
        _taken =
        [
            .. old.Graph.Cluster.Endpoints.Concat(@new.Graph.Cluster.Endpoints).SelectMany(e => e.Addresses),
            .. old.Graph.NodesByAddress.Keys, .. @new.Graph.NodesByAddress.Keys,
        ];
    }

    /// <summary>Ranges without an address that is no pod's and no node's: nothing outside has an end there.</summary>
    public List<EndMember.Range> Occupied { get; } = [];

    public IEnumerable<(EndKey Key, EndMember Member)> All()
    {
        var places = new Dictionary<(AddressFamily Family, int Old, int New), NamePlace>();
        foreach (var family in Families)
        {
            foreach (var range in Partition(family))
            {
                var (old, @new) = (_old.Evaluator.IdentityOf(range.Free), _new.Evaluator.IdentityOf(range.Free));
                yield return (Outside(family, old, @new), range);
                if (!places.TryGetValue((family, old, @new), out var place))
                {
                    places.Add((family, old, @new), place = new NamePlace(family, old, @new, []));
                }

                place.Ranges.Add(range);
            }
        }

        foreach (var named in Names([.. places.Values.OrderBy(p => p.Ranges[0].First)]))
        {
            yield return named;
        }

        foreach (var node in Nodes())
        {
            yield return node;
        }

        foreach (var entity in Entities.Reserved)
        {
            var pair = _identities.Of(_old.IdentityOf(entity), _new.IdentityOf(entity));
            yield return (new EndKey(PolicyPair.Outside, PolicyPair.Outside, pair, pair, Entity: entity), new EndMember.Reserved(entity));
        }
    }

    /// <summary>What the comparison of names does not reach, in words; null: nothing.</summary>
    public string? Gap { get; private set; }

    private EndKey Outside(AddressFamily family, int old, int @new)
    {
        var pair = _identities.Of(old, @new);
        return family == AddressFamily.IPv4
            ? new EndKey(PolicyPair.Outside, PolicyPair.Outside, pair, -1)
            : new EndKey(PolicyPair.Outside, PolicyPair.Outside, -1, pair);
    }

    /// <summary>Every address of the family, in order, in ranges that no prefix of either side divides.</summary>
    private IEnumerable<EndMember.Range> Partition(AddressFamily family)
    {
        var whole = new IpPrefix(new IpAddress(family, UInt128.Zero), 0);
        var entries = _old.Tables.Identities.IpCache.Concat(_new.Tables.Identities.IpCache).Where(e => e.Prefix.Family == family
            && (!e.IsEndpoint || !_taken.Contains(e.Prefix.Address)));
        UInt128[] starts =
        [
            .. entries.Select(e => e.Prefix)
                .SelectMany(p => p.Last == whole.Last ? new[] { p.Address.Value } : [p.Address.Value, p.Last.Value + 1])
                .Append(UInt128.Zero).Distinct().Order(),
        ];
        for (var i = 0; i < starts.Length; i++)
        {
            var first = new IpAddress(family, starts[i]);
            var last = i + 1 < starts.Length ? new IpAddress(family, starts[i + 1] - 1) : whole.Last;
            var free = first;
            while (_taken.Contains(free) && free != last)
            {
                free = free with { Value = free.Value + 1 };
            }

            var range = new EndMember.Range(first, last, free);
            if (_taken.Contains(free))
            {
                Occupied.Add(range);
            }
            else
            {
                yield return range;
            }
        }
    }

    private IEnumerable<(EndKey Key, EndMember Member)> Names(List<NamePlace> places)
    {
        var (before, after) = (_old.Tables.Identities, _new.Tables.Identities);
        ImmutableArray<NamePattern> patterns =
            [.. before.NamePatterns.Union(after.NamePatterns).OrderBy(p => p.Text, StringComparer.Ordinal).ThenBy(p => p.IsPattern)];
        if (patterns.IsEmpty)
        {
            yield break;
        }

        // An agent gives an address whose names are no class no identity by name: on both sides, where these have the same classes.
        var classes = NameClassBuilder.Build(patterns, TableLimits.NameClasses, unions: true);
        Gap = !classes.IsComplete ? "the name patterns of the two sides overlap in too many ways to compare all names"
            : !classes.IsClosed && !before.NamePatterns.SequenceEqual(after.NamePatterns) ? "addresses that DNS gives for several names are compared only where the names have few combinations of patterns"
            : null;
        int[] oldIndexes = [.. patterns.Select(p => before.NamePatterns.IndexOf(p))];
        int[] newIndexes = [.. patterns.Select(p => after.NamePatterns.IndexOf(p))];
        foreach (var item in classes.Classes)
        {
            ImmutableArray<NamePattern> matched = [.. item.Patterns.Select(p => patterns[p])];
            var (oldNames, newNames) = (Side(item.Patterns, oldIndexes), Side(item.Patterns, newIndexes));
            foreach (var place in places)
            {
                yield return (Outside(place.Family, _old.Named(place.Old, oldNames), _new.Named(place.New, newNames)),
                    new EndMember.Named(matched, item.Examples, place));
            }
        }

        static ImmutableArray<int> Side(ImmutableArray<int> joint, int[] indexes) => [.. joint.Select(p => indexes[p]).Where(i => i >= 0).Order()];
    }

    private IEnumerable<(EndKey Key, EndMember Member)> Nodes()
    {
        var (oldMadeUp, newMadeUp) = (MadeUp(_old), MadeUp(_new));
        var stated = _old.Graph.NodesByAddress.Keys.Where(a => !oldMadeUp.ContainsValue(a))
            .Union(_new.Graph.NodesByAddress.Keys.Where(a => !newMadeUp.ContainsValue(a)));
        foreach (var address in stated.Order())
        {
            var (before, after) = (Host(_old, address), Host(_new, address));
            var name = (_new.Graph.NodeAt(address) ?? _old.Graph.NodeAt(address))!.Name;
            yield return (
                Outside(address.Family, _old.Evaluator.IdentityOf(address), _new.Evaluator.IdentityOf(address)) with
                {
                    Egress = new PolicyPair(before.Egress, after.Egress),
                    Ingress = new PolicyPair(before.Ingress, after.Ingress),
                    Node = address,
                },
                new EndMember.Node(name, address, address, IsMadeUp: false));
        }

        foreach (var (name, family) in oldMadeUp.Keys.Union(newMadeUp.Keys).Order())
        {
            IpAddress? before = oldMadeUp.TryGetValue((name, family), out var o) ? o : null;
            IpAddress? after = newMadeUp.TryGetValue((name, family), out var n) ? n : null;
            var pair = new PolicyPair(before is null ? PolicyPair.Absent : PolicyPair.None, after is null ? PolicyPair.Absent : PolicyPair.None);
            yield return (
                Outside(family, IdentityOf(_old, before), IdentityOf(_new, after)) with { Egress = pair, Ingress = pair },
                new EndMember.Node(name, before, after, IsMadeUp: true));
        }

        static int IdentityOf(DiffSide side, IpAddress? address) => address is { } known ? side.Evaluator.IdentityOf(known) : DiffSide.NoIdentity;
    }

    /// <summary>Addresses that the compiler made up for host-network pods, by the node: they change with what else is in the input.</summary>
    private static Dictionary<(string Node, AddressFamily Family), IpAddress> MadeUp(DiffSide side)
    {
        var addresses = new Dictionary<(string Node, AddressFamily Family), IpAddress>();
        foreach (var address in side.Graph.Cluster.Endpoints.Where(e => e is { HostNetwork: true, HasSyntheticAddresses: true }).SelectMany(e => e.Addresses))
        {
            addresses.TryAdd((side.Graph.NodeAt(address)!.Name, address.Family), address);
        }

        return addresses;
    }

    /// <summary>What applies to the node: nothing where no host policy selects it.</summary>
    private static (int Egress, int Ingress) Host(DiffSide side, IpAddress address)
    {
        if (side.Graph.SubjectAt(address) is not { IsNode: true } host)
        {
            return (PolicyPair.None, PolicyPair.None);
        }

        var index = side.Graph.Cluster.Endpoints.IndexOf(host);
        var policy = side.Tables.EndpointPolicies[side.Tables.EndpointPolicyIndex[index]];
        return (policy.Egress, policy.Ingress);
    }
}
