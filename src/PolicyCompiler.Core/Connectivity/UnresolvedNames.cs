using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>Names to which egress rules open more than to the addresses around, and of which no address is known.</summary>
internal sealed class UnresolvedNames
{
    private readonly PolicyTables _tables;
    private readonly SideAnswers _answers;
    private readonly ImmutableHashSet<int> _known;
    private readonly ImmutableArray<(Identity Name, int Around)> _places;
    private readonly Dictionary<(int Policy, bool IPv4, bool IPv6), ImmutableArray<NamePattern>> _found = [];

    public UnresolvedNames(PolicyTables tables, TableEvaluator evaluator, SideAnswers answers)
    {
        _tables = tables;
        _answers = answers;
        var identities = tables.Identities;
        _known = [.. identities.IpCache.SelectMany(e => identities.Identities[e.IdentityIndex].Names)];
        // A place is what the blocks make of an address; some that the blocks could make no address has.
        var around = identities.NamePatterns.IsEmpty ? [] : new[] { AddressFamily.IPv4, AddressFamily.IPv6 }.Where(f => AddressPartition.Matters(identities, f))
            .SelectMany(f => AddressPartition.Of(tables, evaluator, f).Select(r => identities.Identities[r.Class.Identity]))
            .Where(i => i.Kind is IdentityKind.World or IdentityKind.Cidr).DistinctBy(i => i.Index).ToDictionary(PlaceOf, i => i.Index, StringComparer.Ordinal);
        _places =
        [
            .. identities.Identities.Where(i => i.Kind == IdentityKind.Name && around.ContainsKey(PlaceOf(i))).Select(i => (i, around[PlaceOf(i)])),
        ];

        static string PlaceOf(Identity identity) => $"{identity.Family} {string.Join(',', identity.Blocks)}";
    }

    /// <summary>Of some pods together, in order of their text.</summary>
    public ImmutableArray<NamePattern> Of(IEnumerable<EndpointClass> classes) => _places.IsEmpty ? [] :
    [
        .. classes.Select(c => (c.Egress, c.Has(AddressFamily.IPv4), c.Has(AddressFamily.IPv6))).Distinct().SelectMany(c => Of(c)).Distinct()
            .OrderBy(p => p.Text, StringComparer.Ordinal),
    ];

    private ImmutableArray<NamePattern> Of((int Policy, bool IPv4, bool IPv6) subject)
    {
        if (subject.Policy == SideAnswers.NoPolicy)
        {
            return [];
        }

        if (!_found.TryGetValue(subject, out var names))
        {
            var patterns = _tables.Identities.NamePatterns;
            var own = _tables.DirectionPolicies[subject.Policy].Policies.SelectMany(p => _tables.Graph.Policies[p].Rules).Where(r => r.Direction == Direction.Egress)
                .SelectMany(r => r.Peers).OfType<Peer.Names>().Select(n => n.Pattern).ToHashSet();
            var asked = Enumerable.Range(0, patterns.Length).Where(i => own.Contains(patterns[i]) && !_known.Contains(i)).ToHashSet();
            names =
            [
                .. asked.Count == 0 ? [] : _places.Where(p => p.Name.Family == AddressFamily.IPv4 ? subject.IPv4 : subject.IPv6)
                    .Where(p => p.Name.Names.Any(asked.Contains) && OpensMore(subject.Policy, p.Name.Index, p.Around))
                    .SelectMany(p => p.Name.Names).Where(asked.Contains).Distinct().Select(i => patterns[i]),
            ];
            _found.Add(subject, names);
        }

        return names;
    }

    private bool OpensMore(int policy, int name, int around)
    {
        var (answer, others) = (_answers.Of(policy, name), _answers.Of(policy, around));
        return !ReferenceEquals(answer, others) && !answer.Ports.Intersect(others.Ports).Equals(answer.Ports);
    }
}
