using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>
/// Gives numbers to what policies can tell apart: endpoints by namespace, by the labels that some peer selector mentions
/// and by the named ports that some egress rule mentions; addresses by the ipBlocks that match them.
/// </summary>
internal static class IdentityTableBuilder
{
    private const uint WorldIPv4Number = 9;
    private const uint WorldIPv6Number = 10;
    private const uint FirstClusterNumber = 256;
    private const uint FirstLocalNumber = 1 << 24;

    public static IdentityTable Build(RuleGraph graph)
    {
        var peers = graph.Rules.SelectMany(r => r.Peers).ToList();
        var visibleKeys = peers.OfType<Peer.Endpoints>().SelectMany(p => p.Selector.Pods.Requirements).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var visibleNames = graph.Rules.Where(r => r.Direction == Direction.Egress).SelectMany(r => r.Ports).OfType<PortMatch.Named>()
            .Select(p => (p.Protocol, p.Name)).ToHashSet();
        ImmutableArray<IpBlock> blocks =
        [
            .. peers.OfType<Peer.Cidr>().Select(p => p.Block).Distinct().OrderBy(b => b.Cidr).ThenBy(b => b.ToString(), StringComparer.Ordinal),
        ];
        var prefixes = new BlockClassifier(blocks).Entries;

        var allocator = new Allocator();
        allocator.Add(new Identity(0, 0, IdentityKind.World, "", LabelSet.Empty, [], []));
        allocator.Add(new Identity(Identity.WorldIPv4Index, WorldIPv4Number, IdentityKind.World, "", LabelSet.Empty, [], []));
        allocator.Add(new Identity(Identity.WorldIPv6Index, WorldIPv6Number, IdentityKind.World, "", LabelSet.Empty, [], []));

        // Endpoints are in order of namespace and name, so the indexes of a namespace are one run: short ranges in the code,
        // shared pages in the tables.
        var endpointIdentities = ImmutableArray.CreateBuilder<int>(graph.Cluster.Endpoints.Length);
        var cache = new List<IpCacheEntry>();
        foreach (var endpoint in graph.Cluster.Endpoints)
        {
            if (endpoint.HostNetwork)
            {
                endpointIdentities.Add(0);
                continue;
            }

            var labels = new LabelSet(endpoint.Labels.Where(l => visibleKeys.Contains(l.Key)));
            ImmutableArray<NamedPort> ports = [.. endpoint.NamedPorts.Where(p => visibleNames.Contains((p.Protocol, p.Name))).Distinct()];
            int Allocate(ImmutableArray<int> matched) => allocator.Labels(endpoint.Namespace, labels, ports, matched, FirstClusterNumber);

            endpointIdentities.Add(Allocate([]));
            foreach (var address in endpoint.Addresses)
            {
                var index = Allocate(graph.Options.IpBlockMatchesPods ? BlocksOf(blocks, address) : []);
                cache.Add(new IpCacheEntry(new IpPrefix(address, address.Bits), index, true, endpoint.HasSyntheticAddresses));
            }
        }

        foreach (var (prefix, matched) in prefixes)
        {
            var index = matched.IsEmpty ? Identity.WorldIndex(prefix.Family) : allocator.Cidr(matched, FirstLocalNumber);
            cache.Add(new IpCacheEntry(prefix, index, false, false));
        }

        return new IdentityTable(
            allocator.ToImmutable(),
            [.. cache.OrderByDescending(e => e.IsEndpoint).ThenBy(e => e.Prefix)],
            blocks,
            endpointIdentities.ToImmutable());
    }

    private static ImmutableArray<int> BlocksOf(ImmutableArray<IpBlock> blocks, IpAddress address) =>
        [.. Enumerable.Range(0, blocks.Length).Where(i => blocks[i].Contains(address))];

    private sealed class Allocator
    {
        private readonly ImmutableArray<Identity>.Builder _identities = ImmutableArray.CreateBuilder<Identity>();
        private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
        private uint _clusterCount;
        private uint _localCount;

        public void Add(Identity identity) => _identities.Add(identity);

        public ImmutableArray<Identity> ToImmutable() => _identities.ToImmutable();

        public int Labels(string ns, LabelSet labels, ImmutableArray<NamedPort> ports, ImmutableArray<int> blocks, uint first) =>
            Find(
                $"{ns}\n{labels}\n{string.Join(',', ports)}\n{string.Join(',', blocks)}",
                index => new Identity(index, first + _clusterCount++, IdentityKind.Labels, ns, labels, ports, blocks));

        public int Cidr(ImmutableArray<int> blocks, uint first) =>
            Find(
                $"\n{string.Join(',', blocks)}",
                index => new Identity(index, first + _localCount++, IdentityKind.Cidr, "", LabelSet.Empty, [], blocks));

        private int Find(string key, Func<int, Identity> make)
        {
            if (!_byKey.TryGetValue(key, out var index))
            {
                index = _identities.Count;
                _byKey.Add(key, index);
                _identities.Add(make(index));
            }

            return index;
        }
    }
}
