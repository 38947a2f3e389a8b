using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>Names to which egress rules open more than to other addresses outside, and of which no address is known.</summary>
internal sealed class UnresolvedNames(PolicyTables tables, SideAnswers answers)
{
    private readonly IReadOnlySet<NamePattern> _known = tables.Identities.NamePatterns.Where(p => tables.Graph.Cluster.DnsRecords
        .Any(r => NamePatternMatcher.Matches(p, r.Name) && r.Addresses.Any(a => tables.Graph.EndpointAt(a) is null && tables.Graph.NodeAt(a) is null))).ToHashSet();

    private readonly Dictionary<int, ImmutableArray<NamePattern>> _byPolicy = [];

    /// <summary>Of some pods together, in order of their text.</summary>
    public ImmutableArray<NamePattern> Of(IEnumerable<EndpointClass> classes) =>
        [.. classes.Select(c => c.Egress).Distinct().SelectMany(p => Of(p)).Distinct().OrderBy(p => p.Text, StringComparer.Ordinal)];

    private ImmutableArray<NamePattern> Of(int policy)
    {
        if (policy == SideAnswers.NoPolicy || tables.Identities.NamePatterns.IsEmpty)
        {
            return [];
        }

        if (!_byPolicy.TryGetValue(policy, out var names))
        {
            var own = tables.DirectionPolicies[policy].Policies.SelectMany(p => tables.Graph.Policies[p].Rules).Where(r => r.Direction == Direction.Egress)
                .SelectMany(r => r.Peers).OfType<Peer.Names>().Select(n => n.Pattern).Where(p => !_known.Contains(p)).ToHashSet();
            names = own.Count == 0 ? [] :
            [
                .. tables.Identities.Identities.Where(i => i.Kind == IdentityKind.Name && i.Blocks.IsEmpty && OpensMore(policy, i))
                    .SelectMany(i => i.Names).Distinct().Select(n => tables.Identities.NamePatterns[n]).Where(own.Contains),
            ];
            _byPolicy.Add(policy, names);
        }

        return names;
    }

    private bool OpensMore(int policy, Identity identity)
    {
        var ports = answers.Of(policy, identity.Index).Ports;
        return !ports.Intersect(answers.Of(policy, Identity.WorldIndex(identity.Family!.Value)).Ports).Equals(ports);
    }
}
