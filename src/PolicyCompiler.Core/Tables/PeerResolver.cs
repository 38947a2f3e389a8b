using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>Which identities a peer selects. Equal peers are resolved once.</summary>
internal sealed class PeerResolver
{
    private readonly IdentityTable _identities;
    private readonly ImmutableArray<Namespace> _namespaces;
    private readonly Dictionary<string, List<Identity>> _byNamespace;
    private readonly Dictionary<IpBlock, int[]> _byBlock = [];
    private readonly Dictionary<Peer, int[]> _resolved = [];
    private readonly Dictionary<LabelSelector, List<string>> _namespacesOf = [];

    public PeerResolver(RuleGraph graph, IdentityTable identities)
    {
        _identities = identities;
        _namespaces = graph.Cluster.Namespaces;
        _byNamespace = identities.Identities.Where(i => i.Kind == IdentityKind.Labels)
            .GroupBy(i => i.Namespace, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

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
    public int[]? Resolve(ImmutableArray<Peer> peers)
    {
        if (peers.Any(p => p is Peer.Any))
        {
            return null;
        }

        return peers.Length == 1 ? Resolve(peers[0]) : [.. peers.SelectMany(Resolve).Distinct().Order()];
    }

    /// <summary>Identities among <paramref name="indexes"/> (null: all) by the number behind a port name, ascending.</summary>
    public IEnumerable<(ushort Number, int[] Identities)> ByNamedPort(int[]? indexes, PortMatch.Named name)
    {
        var candidates = indexes is null ? _identities.Identities : indexes.Select(i => _identities.Identities[i]);
        return candidates
            .SelectMany(i => i.NamedPorts.Where(p => p.Protocol == name.Protocol && p.Name == name.Name), (i, p) => (p.Number, i.Index))
            .GroupBy(x => x.Number)
            .OrderBy(g => g.Key)
            .Select(g => (g.Key, g.Select(x => x.Index).Distinct().Order().ToArray()));
    }

    private int[] Resolve(Peer peer)
    {
        if (!_resolved.TryGetValue(peer, out var indexes))
        {
            indexes = peer switch
            {
                Peer.Endpoints endpoints => Select(endpoints.Selector),
                Peer.Cidr cidr => _byBlock[cidr.Block],
                _ => throw new InvalidOperationException($"peer {peer}"),
            };
            _resolved.Add(peer, indexes);
        }

        return indexes;
    }

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
            _namespacesOf.Add(selector, names = [.. _namespaces.Where(n => selector.Matches(n.Labels)).Select(n => n.Name)]);
        }

        return names;
    }
}
