using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Semantics;

/// <summary>Whether the parts of a rule match a flow, straight from the text of the specification.</summary>
public static class RuleMatcher
{
    public static bool MatchesPeer(RuleGraph graph, Peer peer, FlowPeer remote) => peer switch
    {
        Peer.Any => true,
        Peer.Endpoints endpoints => remote.Endpoint is { } endpoint && graph.Selects(endpoints.Selector, endpoint),
        Peer.Cidr cidr => (remote.Endpoint is null || graph.Options.IpBlockMatchesPods)
            && remote.Address is { } address && cidr.Block.Contains(address),
        _ => throw new InvalidOperationException($"peer {peer}"),
    };

    /// <param name="port">The condition.</param>
    /// <param name="flow">The flow; a port name is looked up at its destination, so it never matches an address that is no pod's.</param>
    public static bool MatchesPort(PortMatch port, Flow flow) => port switch
    {
        PortMatch.All => true,
        PortMatch.Range range => range.Protocol == flow.Protocol && flow.Port >= range.First && flow.Port <= range.Last,
        PortMatch.Named named => named.Protocol == flow.Protocol && flow.Destination.Endpoint is { } destination
            && destination.NamedPorts.Any(p => p.Protocol == named.Protocol && p.Number == flow.Port && p.Name == named.Name),
        _ => throw new InvalidOperationException($"port {port}"),
    };

    public static bool Matches(RuleGraph graph, Rule rule, Flow flow)
    {
        var remote = rule.Direction == Direction.Ingress ? flow.Source : flow.Destination;
        return rule.Peers.Any(p => MatchesPeer(graph, p, remote)) && rule.Ports.Any(p => MatchesPort(p, flow));
    }
}
