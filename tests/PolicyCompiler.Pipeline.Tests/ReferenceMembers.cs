using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Who is in the sets of an assertion, one by one; of blocks, the addresses at which an answer may change.</summary>
internal sealed class ReferenceMembers
{
    private readonly RuleGraph _graph;
    private readonly HashSet<string> _names;
    private readonly List<ReferenceMember> _outside;
    private readonly List<ReferenceMember> _nodes;
    private readonly List<ReferenceMember> _pods;

    public ReferenceMembers(RuleGraph graph, Assertion assertion, IEnumerable<string> otherNames)
    {
        _graph = graph;
        _names = [.. otherNames];
        var blocks = graph.Rules.SelectMany(r => r.Peers).OfType<Peer.Cidr>().SelectMany(c => c.Block.Except.Append(c.Block.Cidr))
            .Concat(BlocksOf(assertion.Source)).Concat(BlocksOf(assertion.Destination))
            .Concat(new[] { "0.0.0.0/0", "::/0", "203.0.113.77/32", "2001:db8:77::1/128" }.Select(IpPrefix.Parse))
            .Concat(graph.NamesByAddress.Select(n => new IpPrefix(n.Key, n.Key.Bits)))
            .Concat(graph.NodesByAddress.Keys.Concat(graph.Cluster.Endpoints.SelectMany(e => e.Addresses)).Select(a => new IpPrefix(a, a.Bits)));
        _outside =
        [
            .. blocks.Distinct().SelectMany(Edges).Distinct().Where(a => graph.EndpointAt(a) is null && graph.NodeAt(a) is null)
                .Select(a => ReferenceMember.Of(graph, a)),
        ];
        _nodes = [.. graph.NodesByAddress.Keys.Select(a => ReferenceMember.Of(graph, a))];
        _pods = [.. graph.Cluster.Endpoints.Where(e => !e.IsNode && !e.HostNetwork).Select(e => new ReferenceMember(e, null, null, null))];
    }

    public IEnumerable<ReferenceMember> Everything => Of(new FlowSet.Anything(default));

    /// <summary>What always gets through is left out of such sets.</summary>
    public static bool IsBroad(FlowSet set) => set switch
    {
        FlowSet.Anything or FlowSet.Reserved { Entity: Entity.Cluster } => true,
        FlowSet.Union union => union.Sets.Any(IsBroad),
        FlowSet.Except except => IsBroad(except.Set),
        _ => false,
    };

    /// <summary>The services that are members as such.</summary>
    public static IEnumerable<FlowSet.Service> ServicesOf(FlowSet set) => set switch
    {
        FlowSet.Service service => [service with { Span = default }],
        FlowSet.Union union => union.Sets.SelectMany(ServicesOf).Distinct(),
        FlowSet.Except except => ServicesOf(except.Set),
        _ => [],
    };

    public IEnumerable<ReferenceMember> Of(FlowSet set) => set switch
    {
        FlowSet.Pods pods => _pods.Where(p => (pods.Namespace ?? p.Pod!.Namespace) == p.Pod!.Namespace
            && (pods.Namespaces is null || pods.Namespaces.Matches(_graph.NamespaceOf(p.Pod).Labels)) && pods.Labels.Matches(p.Pod.PolicyLabels)),
        FlowSet.Pod named => _graph.Cluster.Endpoints.Where(e => !e.IsNode && e.Namespace == named.Namespace && e.Name == named.Name).SelectMany(Ends),
        FlowSet.Nodes nodes => _nodes.Where(n => nodes.Labels.Matches(_graph.NodeAt(n.Address!.Value)!.Labels)),
        FlowSet.Cidr cidr => _outside.Where(a => cidr.Block.Contains(a.Address!.Value)),
        FlowSet.Address address => [ReferenceMember.Of(_graph, address.Value)],
        FlowSet.DnsName name => AddressesOf(name.Name) is { Count: > 0 } known ? known : NamesOf([name.Name]),
        FlowSet.Reserved { Entity: Entity.World } => _outside.Concat(NamesOf(_names)),
        FlowSet.Reserved { Entity: Entity.WorldIPv6 } => _outside.Concat(NamesOf(_names)).Where(a => a.Has(AddressFamily.IPv6)),
        FlowSet.Reserved { Entity: Entity.Cluster } => Cluster(),
        FlowSet.Reserved { Entity: Entity.KubeApiServer } when ApiServer() is { Count: > 0 } known => known,
        FlowSet.Reserved reserved => [new(null, null, reserved.Entity, null)],
        FlowSet.Anything => Of(new FlowSet.Reserved(Entity.World, default)).Concat(Cluster()),
        FlowSet.Union union => union.Sets.SelectMany(Of).Distinct(),
        FlowSet.Except except => Of(except.Set).Except(Without(except.Without)),
        FlowSet.Service => [],
        _ => throw new InvalidOperationException($"{set}"),
    };

    /// <summary>What is taken away: whatever it may be known as.</summary>
    public IEnumerable<ReferenceMember> Without(FlowSet set) => set switch
    {
        FlowSet.Union union => union.Sets.SelectMany(Without),
        FlowSet.Except except => Without(except.Set).Except(Without(except.Without)),
        FlowSet.DnsName name => AddressesOf(name.Name).Concat(NamesOf([name.Name])),
        FlowSet.Reserved { Entity: Entity.RemoteNode } => _nodes.Append(new(null, null, Entity.RemoteNode, null)),
        FlowSet.Service service => new ServiceResolver(_graph) is var resolver && resolver.Find(service.Namespace, service.Name) is { } found
            ? found.Ports.SelectMany(p => Enum.GetValues<AddressFamily>().SelectMany(f => resolver.Translate(found, f, p.Protocol, p.Port).Backends)).Select(b => ReferenceMember.Of(_graph, b.End))
            : [],
        FlowSet.Anything or FlowSet.Reserved { Entity: Entity.World } => Of(set).Concat(NamesOf(CiliumGenerators.DnsNames)),
        FlowSet.Reserved { Entity: Entity.WorldIPv6 } => Of(set).Concat(NamesOf(CiliumGenerators.DnsNames).Where(n => n.Has(AddressFamily.IPv6))),
        _ => Of(set),
    };

    private static IEnumerable<ReferenceMember> NamesOf(IEnumerable<string> names) =>
        names.SelectMany(n => Enum.GetValues<AddressFamily>(), (n, f) => new ReferenceMember(null, null, null, (n, f)));

    private IEnumerable<ReferenceMember> Cluster() => _pods.Concat(_nodes).Concat(Entities.Reserved
        .Where(e => e != Entity.Host && (e != Entity.RemoteNode || _nodes.Count == 0) && (e != Entity.KubeApiServer || ApiServer().Count == 0))
        .Select(e => new ReferenceMember(null, null, e, null)));

    private List<ReferenceMember> ApiServer() =>
        [.. _graph.Cluster.Services.Where(s => s is { Namespace: "default", Name: "kubernetes" }).SelectMany(s => s.BackendAddresses).Select(a => ReferenceMember.Of(_graph, a))];

    private List<ReferenceMember> AddressesOf(string name) =>
        [.. _graph.Cluster.DnsRecords.Where(r => r.Name == name).Take(1).SelectMany(r => r.Addresses).Select(a => ReferenceMember.Of(_graph, a))];

    /// <summary>A host-network pod is known by the addresses of its node alone.</summary>
    private IEnumerable<ReferenceMember> Ends(Endpoint pod) => !pod.HostNetwork ? [new(pod, null, null, null)]
        : (pod.HasSyntheticAddresses && _graph.NodeOf(pod) is { Addresses.IsEmpty: false } node ? node.Addresses : pod.Addresses).Select(a => new ReferenceMember(null, a, null, null));

    private static IEnumerable<IpPrefix> BlocksOf(FlowSet set) => set switch
    {
        FlowSet.Cidr cidr => [cidr.Block],
        FlowSet.Union union => union.Sets.SelectMany(BlocksOf),
        FlowSet.Except except => BlocksOf(except.Set).Concat(BlocksOf(except.Without)),
        FlowSet.Address address => [new IpPrefix(address.Value, address.Value.Bits)],
        _ => [],
    };

    private static IEnumerable<IpAddress> Edges(IpPrefix prefix)
    {
        var all = new IpPrefix(prefix.Address with { Value = UInt128.Zero }, 0);
        yield return prefix.Address;
        yield return prefix.Last;
        if (prefix.Address != all.Address)
        {
            yield return prefix.Address with { Value = prefix.Address.Value - 1 };
        }

        if (prefix.Last != all.Last)
        {
            yield return prefix.Last with { Value = prefix.Last.Value + 1 };
        }
    }
}
