using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;

namespace PolicyCompiler.Core.Tables;

/// <summary>
/// Gives numbers to what policies can tell apart: endpoints by namespace, by the labels that some peer selector mentions
/// and by the named ports that some egress rule mentions; addresses by the blocks and the names that match them; nodes and
/// reserved entities, where some rule tells them from addresses outside the cluster.
/// </summary>
internal sealed class IdentityTableBuilder
{
    /// <summary>Sets of name patterns that get identities; more than any policy set should need.</summary>
    private const int NameClassLimit = TableLimits.NameClasses;

    private readonly RuleGraph _graph;
    private readonly bool _nodeLocalInTable;
    private readonly List<Peer> _peers;
    private readonly ImmutableArray<Peer.Cidr> _blocks;
    private readonly ImmutableArray<NamePattern> _patterns;
    private readonly IdentityAllocator _allocator;
    private readonly List<IpCacheEntry> _cache = [];

    private IdentityTableBuilder(RuleGraph graph, bool nodeLocalInTable)
    {
        _graph = graph;
        _nodeLocalInTable = nodeLocalInTable;
        _peers = [.. graph.Rules.SelectMany(r => r.Peers).Distinct()];
        _blocks =
        [
            .. _peers.OfType<Peer.Cidr>().OrderBy(b => b.Block.Cidr).ThenBy(b => b.ToString(), StringComparer.Ordinal).ThenBy(b => b.Scope),
        ];
        _patterns =
        [
            .. _peers.OfType<Peer.Names>().Select(n => n.Pattern).OrderBy(p => p.Text, StringComparer.Ordinal).ThenBy(p => p.IsPattern),
        ];
        _allocator = new IdentityAllocator(graph.Cluster.Endpoints.Select(e => e.IdentityNumber).OfType<uint>().ToHashSet());
    }

    /// <param name="graph">The graph.</param>
    /// <param name="nodeLocalInTable">Some direction policy must find the own node in its table.</param>
    public static IdentityTable Build(RuleGraph graph, bool nodeLocalInTable) => new IdentityTableBuilder(graph, nodeLocalInTable).Build();

    private IdentityTable Build()
    {
        _allocator.AddWorlds();
        var tellsClusterApart = _nodeLocalInTable || _peers.Any(p => p is Peer.Reserved or Peer.Nodes or Peer.Names or Peer.Cidr { Scope: AddressScope.Outside });
        if (tellsClusterApart)
        {
            foreach (var entity in Entities.Reserved)
            {
                _allocator.AddReserved(entity);
            }
        }

        var nodeIdentities = tellsClusterApart ? AddNodes() : [];
        var endpointIdentities = AddEndpoints(nodeIdentities);
        var prefixes = new BlockClassifier([.. _blocks.Select(b => b.Block)]).Entries;
        foreach (var (prefix, matched) in prefixes)
        {
            _cache.Add(new IpCacheEntry(prefix, _allocator.Outside(prefix.Family, matched, []), false, false));
        }

        var nameClasses = AddNames(prefixes);
        return new IdentityTable(
            _allocator.ToImmutable(),
            [.. _cache.OrderByDescending(e => e.IsEndpoint).ThenBy(e => e.Prefix)],
            _blocks,
            _patterns,
            nameClasses,
            endpointIdentities);
    }

    /// <returns>The identity of each node by its name: of the address that it uses towards its own pods.</returns>
    private Dictionary<string, int> AddNodes()
    {
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (address, node) in _graph.NodesByAddress.OrderBy(n => n.Key))
        {
            var ofPods = node.Address(address.Family) == address;
            var index = _allocator.Node(node, ofPods, BlocksOf(address, AddressScope.OutsideAndNodes));
            _cache.Add(new IpCacheEntry(new IpPrefix(address, address.Bits), index, true, false));
            if (ofPods)
            {
                byName.TryAdd(node.Name, index);
            }
        }

        return byName;
    }

    /// <summary>
    /// Endpoints are in order of namespace and name, so the indexes of a namespace are one run: short ranges in the code,
    /// shared pages in the tables.
    /// </summary>
    private ImmutableArray<int> AddEndpoints(Dictionary<string, int> nodeIdentities)
    {
        var visibleKeys = _peers.OfType<Peer.Endpoints>().SelectMany(p => p.Selector.Pods.Requirements).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var visibleNames = _graph.Rules.Where(r => r.Direction == Direction.Egress).SelectMany(r => r.Ports).OfType<PortMatch.Named>()
            .DistinctBy(p => (p.Protocol, p.Name)).ToLookup(p => p.Name, StringComparer.Ordinal);
        var identities = ImmutableArray.CreateBuilder<int>(_graph.Cluster.Endpoints.Length);
        foreach (var endpoint in _graph.Cluster.Endpoints)
        {
            if (endpoint.HostNetwork || endpoint.IsNode)
            {
                identities.Add(endpoint.IsNode ? nodeIdentities.GetValueOrDefault(endpoint.Name) : 0);
                continue;
            }

            var labels = new LabelSet(endpoint.PolicyLabels.Where(l => visibleKeys.Contains(l.Key)));
            ImmutableArray<NamedPort> ports = [.. endpoint.NamedPorts.Where(p => visibleNames[p.Name].Any(n => n.Is(p))).Distinct()];
            identities.Add(_allocator.Endpoint(endpoint, labels, ports, []));
            foreach (var address in endpoint.Addresses)
            {
                var index = _allocator.Endpoint(endpoint, labels, ports, BlocksOf(address, AddressScope.Everywhere));
                _cache.Add(new IpCacheEntry(new IpPrefix(address, address.Bits), index, true, endpoint.HasSyntheticAddresses));
            }
        }

        return identities.ToImmutable();
    }

    /// <summary>
    /// An identity for every set of patterns a name can match, combined with every set of blocks its address can lie in; an
    /// agent gives them to the addresses it learns. Addresses whose names are known have theirs already.
    /// </summary>
    private NameClasses AddNames(IReadOnlyList<(IpPrefix Prefix, ImmutableArray<int> Blocks)> prefixes)
    {
        if (_patterns.IsEmpty)
        {
            return new NameClasses([], IsComplete: true, IsClosed: true);
        }

        var classes = NameClassBuilder.Build(_patterns, NameClassLimit, unions: true);
        var places = prefixes.Select(p => (p.Prefix.Family, p.Blocks))
            .Concat([(AddressFamily.IPv4, []), (AddressFamily.IPv6, [])])
            .DistinctBy(p => $"{p.Item1} {string.Join(',', p.Item2)}").ToList();
        if ((long)classes.Classes.Length * places.Count <= TableLimits.IdentityIndexes)
        {
            foreach (var (family, blocks) in places)
            {
                foreach (var item in classes.Classes)
                {
                    _allocator.Outside(family, blocks, item.Patterns);
                }
            }
        }

        var lengths = prefixes.ToLookup(p => p.Prefix.Family);
        foreach (var known in _graph.NamesByAddress.OrderBy(n => n.Key))
        {
            ImmutableArray<int> names =
                [.. Enumerable.Range(0, _patterns.Length).Where(i => known.Any(n => NamePatternMatcher.Matches(_patterns[i], n)))];
            if (names.IsEmpty || _graph.EndpointAt(known.Key) is not null || _graph.NodeAt(known.Key) is not null)
            {
                continue;
            }

            var around = lengths[known.Key.Family].Where(p => p.Prefix.Contains(known.Key)).OrderByDescending(p => p.Prefix.Length).FirstOrDefault();
            var index = _allocator.Outside(known.Key.Family, around.Blocks.IsDefault ? [] : around.Blocks, names);
            _cache.Add(new IpCacheEntry(new IpPrefix(known.Key, known.Key.Bits), index, true, false));
        }

        return classes;
    }

    /// <summary>The blocks that match an address of the cluster.</summary>
    /// <param name="address">The address.</param>
    /// <param name="scope">The least scope that a block must have.</param>
    private ImmutableArray<int> BlocksOf(IpAddress address, AddressScope scope)
    {
        var matched = ImmutableArray.CreateBuilder<int>();
        for (var i = 0; i < _blocks.Length; i++)
        {
            if (_blocks[i].Scope >= scope && _blocks[i].Block.Contains(address))
            {
                matched.Add(i);
            }
        }

        return matched.DrainToImmutable();
    }
}
