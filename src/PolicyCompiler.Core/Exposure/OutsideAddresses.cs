using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Exposure;

/// <summary>Addresses outside the cluster that a name may turn out to have, as far as policies can tell them apart.</summary>
internal sealed class OutsideAddresses(PolicyTables tables)
{
    private readonly Lazy<ImmutableArray<IpAddress>> _examples = new(() =>
    {
        var evaluator = new TableEvaluator(tables);
        return
        [
            .. new[] { AddressFamily.IPv4, AddressFamily.IPv6 }.Where(f => AddressPartition.Matters(tables.Identities, f))
                .SelectMany(f => AddressPartition.Of(tables, evaluator, f))
                .Where(r => tables.Identities.Identities[r.Class.Identity].Kind is IdentityKind.World or IdentityKind.Cidr)
                .DistinctBy(r => r.Class.Identity).Select(r => r.First),
        ];
    });

    /// <summary>
    /// A name as the other end: with an address of each kind that the blocks of some rules make, and with one that is not
    /// known, in each family that the endpoint has.
    /// </summary>
    public ImmutableArray<FlowPeer> Of(Endpoint endpoint, IEnumerable<Rule> rules, string name)
    {
        var families = endpoint.Addresses.IsEmpty ? [AddressFamily.IPv4] : endpoint.Addresses.Select(a => a.Family).ToHashSet();
        var blocks = rules.SelectMany(r => r.Peers).OfType<Peer.Cidr>().Select(c => c.Block).Distinct().ToList();
        var examples = _examples.Value.Where(a => families.Contains(a.Family)).ToList();
        return
        [
            .. examples.Select(a => a.Family).Distinct()
                .Select(f => new FlowPeer(null, null) { Name = name, Entity = f == AddressFamily.IPv4 ? Entity.WorldIPv4 : Entity.WorldIPv6 }),
            .. examples.DistinctBy(a => $"{a.Family} {string.Join(',', Enumerable.Range(0, blocks.Count).Where(i => blocks[i].Contains(a)))}")
                .Select(a => new FlowPeer(null, a) { Name = name }),
        ];
    }
}
