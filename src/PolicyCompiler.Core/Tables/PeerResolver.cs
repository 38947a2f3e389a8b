using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>Which identities a peer selects. Equal peers are resolved once.</summary>
internal sealed class PeerResolver
{
    private readonly RuleGraph _graph;
    private readonly IdentityTable _identities;
    private readonly Dictionary<string, List<Identity>> _byNamespace;
    private readonly Dictionary<Peer.Cidr, int[]> _byBlock = [];
    private readonly Dictionary<NamePattern, int> _patterns;
    private readonly Dictionary<Peer, int[]> _resolved = [];
    private readonly Dictionary<LabelSelector, List<string>> _namespacesOf = [];

    public PeerResolver(RuleGraph graph, IdentityTable identities)
    {
        _graph = graph;
        _identities = identities;
        _byNamespace = identities.Identities.Where(i => i.Kind == IdentityKind.Labels)
            .GroupBy(i => i.Namespace, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        _patterns = identities.NamePatterns.Select((pattern, index) => (pattern, index)).ToDictionary(x => x.pattern, x => x.index);
        var members = new List<int>[identities.Blocks.Length];
        foreach (var identity in identities.Identities)
        {
            foreach (var block in identity.Blocks)
            {
                (members[block] ??= []).Add(identity.Index);
            }
        }

        for (var i = 0; i < members.Length; i++)
        {
            _byBlock.Add(identities.Blocks[i], members[i] is { } list ? [.. list] : []);
        }
    }

    /// <summary>Identity indexes in ascending order; null for any identity.</summary>
    /// <param name="peers">The peers of a rule.</param>
    /// <param name="ownNode">The node that <c>host</c> stands for; null: none that is known.</param>
    public int[]? Resolve(ImmutableArray<Peer> peers, string? ownNode)
    {
        if (peers.Any(p => p is Peer.Any))
        {
            return null;
        }

        return peers.Length == 1 ? Resolve(peers[0], ownNode) : [.. peers.SelectMany(p => Resolve(p, ownNode)).Distinct().Order()];
    }

    /// <summary>Identities of the addresses that the node uses towards its own pods, and of <c>host</c> itself.</summary>
    public ImmutableArray<int> AddressesOfNode(string? name) =>
        [.. Where(i => (i.IsNodeAddressOfPods && i.Node!.Name == name) || i.Entity == Entity.Host)];

    /// <summary>Identities among <paramref name="indexes"/> (null: all) by the container port behind a port name, ascending.</summary>
    public IEnumerable<(NamedPort Port, int[] Identities)> ByNamedPort(int[]? indexes, PortMatch.Named name)
    {
        var candidates = indexes is null ? _identities.Identities : indexes.Select(i => _identities.Identities[i]);
        return candidates
            .SelectMany(i => i.NamedPorts.Where(name.Is), (i, p) => (Port: p, i.Index))
            .GroupBy(x => x.Port)
            .OrderBy(g => g.Key.Protocol).ThenBy(g => g.Key.Number)
            .Select(g => (g.Key, g.Select(x => x.Index).Distinct().Order().ToArray()));
    }

    private int[] Resolve(Peer peer, string? ownNode)
    {
        if (peer is Peer.Reserved { Entity: Entity.Host })
        {
            return Where(i => i.Entity == Entity.Host || (i.Node is { } node && node.Name == ownNode));
        }

        if (peer is Peer.Reserved { Entity: Entity.RemoteNode })
        {
            return Where(i => i.Entity == Entity.RemoteNode || (i.Node is { } node && node.Name != ownNode));
        }

        if (!_resolved.TryGetValue(peer, out var indexes))
        {
            indexes = peer switch
            {
                Peer.Endpoints endpoints => Select(endpoints.Selector),
                Peer.Cidr cidr => _byBlock[cidr],
                Peer.Nodes nodes => Where(i => i.Node is { } node && nodes.Selector.Matches(node.Labels)),
                Peer.Reserved reserved => Where(i => IsEntity(i, reserved.Entity)),
                Peer.Names names => Where(i => i.Names.Contains(_patterns[names.Pattern])),
                _ => throw new InvalidOperationException($"peer {peer}"),
            };
            _resolved.Add(peer, indexes);
        }

        return indexes;
    }

    private int[] Where(Func<Identity, bool> condition) => [.. _identities.Identities.Skip(1).Where(condition).Select(i => i.Index)];

    private static bool IsEntity(Identity identity, Entity entity) => entity switch
    {
        Entity.World => identity.IsOutside,
        Entity.WorldIPv4 => identity.IsOutside && identity.Family == AddressFamily.IPv4,
        Entity.WorldIPv6 => identity.IsOutside && identity.Family == AddressFamily.IPv6,
        _ => identity.Entity == entity,
    };

    private int[] Select(EndpointSelector selector)
    {
        IEnumerable<string> namespaces = selector.NamespaceSelector is null ? [selector.Namespace!] : NamespacesOf(selector.NamespaceSelector);
        return
        [
            .. namespaces.SelectMany(n => _byNamespace.GetValueOrDefault(n) ?? [])
                .Where(i => selector.Pods.Matches(i.Labels)).Select(i => i.Index).Order(),
        ];
    }

    private List<string> NamespacesOf(LabelSelector selector)
    {
        if (!_namespacesOf.TryGetValue(selector, out var names))
        {
            _namespacesOf.Add(selector, names = [.. _graph.Cluster.Namespaces.Where(n => selector.Matches(n.Labels)).Select(n => n.Name)]);
        }

        return names;
    }
}
