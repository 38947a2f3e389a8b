using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;

namespace PolicyCompiler.Core.Semantics;

/// <summary>Whether the parts of a rule match a flow, straight from the text of the specification.</summary>
public static class RuleMatcher
{
    /// <param name="graph">The graph.</param>
    /// <param name="subject">Whose rule it is: its own node is <c>host</c>, every other one <c>remote-node</c>.</param>
    /// <param name="peer">The condition.</param>
    /// <param name="remote">The other end.</param>
    public static bool MatchesPeer(RuleGraph graph, Endpoint subject, Peer peer, FlowPeer remote) => peer switch
    {
        Peer.Any => true,
        Peer.Endpoints endpoints => remote.Endpoint is { } endpoint && graph.Selects(endpoints.Selector, endpoint),
        Peer.Cidr cidr => remote.Address is { } address
            ? cidr.Block.Contains(address) && cidr.Scope >= ScopeOf(graph, remote)
            : cidr.Block.Cidr.Length == 0 && IsOutside(graph, remote) && IsOf(cidr.Block.Cidr.Family, remote),
        Peer.Nodes nodes => NodeOf(graph, remote) is { } node && nodes.Selector.Matches(node.Labels),
        Peer.Reserved reserved => IsEntity(graph, subject, reserved.Entity, remote),
        Peer.Names names => IsOutside(graph, remote)
            && ((remote.Name is { } asked && NamePatternMatcher.Matches(names.Pattern, asked))
                || (remote.Address is { } resolved && graph.NamesByAddress[resolved].Any(n => NamePatternMatcher.Matches(names.Pattern, n)))),
        _ => throw new InvalidOperationException($"peer {peer}"),
    };

    /// <param name="port">The condition.</param>
    /// <param name="flow">The flow; a port name is looked up at its destination, so it never matches an address that is no pod's.</param>
    public static bool MatchesPort(PortMatch port, Flow flow) => port switch
    {
        PortMatch.All => true,
        PortMatch.Range range => range.Protocol == flow.Protocol && flow.Port >= range.First && flow.Port <= range.Last,
        PortMatch.Named named => flow.Destination.Endpoint is { } destination
            && destination.NamedPorts.Any(p => p.Protocol == flow.Protocol && p.Number == flow.Port && named.Is(p)),
        _ => throw new InvalidOperationException($"port {port}"),
    };

    public static bool Matches(RuleGraph graph, Endpoint subject, Rule rule, Flow flow)
    {
        var remote = flow.Remote(rule.Direction);
        return rule.Peers.Any(p => MatchesPeer(graph, subject, p, remote)) && rule.Ports.Any(p => MatchesPort(p, flow));
    }

    private static AddressScope ScopeOf(RuleGraph graph, FlowPeer remote) =>
        remote.Endpoint is not null ? AddressScope.Everywhere
        : NodeOf(graph, remote) is not null ? AddressScope.OutsideAndNodes
        : AddressScope.Outside;

    private static Node? NodeOf(RuleGraph graph, FlowPeer remote) =>
        remote is { Endpoint: null, Address: { } address } ? graph.NodeAt(address) : null;

    /// <summary>Neither a pod nor a node nor a reserved entity of the cluster.</summary>
    private static bool IsOutside(RuleGraph graph, FlowPeer remote) => remote.Endpoint is null && NodeOf(graph, remote) is null
        && remote.Entity is null or Entity.World or Entity.WorldIPv4 or Entity.WorldIPv6;

    private static bool IsEntity(RuleGraph graph, Endpoint subject, Entity entity, FlowPeer remote) => entity switch
    {
        Entity.World => IsOutside(graph, remote),
        Entity.WorldIPv4 => IsOutside(graph, remote) && IsOf(AddressFamily.IPv4, remote),
        Entity.WorldIPv6 => IsOutside(graph, remote) && IsOf(AddressFamily.IPv6, remote),
        Entity.Host => graph.IsOwnNode(subject, remote),
        Entity.RemoteNode => remote.Entity == Entity.RemoteNode || (NodeOf(graph, remote) is not null && !graph.IsOwnNode(subject, remote)),
        _ => remote.Entity == entity,
    };

    private static bool IsOf(AddressFamily family, FlowPeer remote) => remote.Address is { } address
        ? address.Family == family
        : remote.Entity == (family == AddressFamily.IPv4 ? Entity.WorldIPv4 : Entity.WorldIPv6);
}
