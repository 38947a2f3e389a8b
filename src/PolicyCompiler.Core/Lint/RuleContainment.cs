using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// Whether a rule matches nothing that another does not match as well, whatever pods and labels there are. It compares peer
/// with peer and port with port, so that a false proves nothing.
/// </summary>
internal static class RuleContainment
{
    public static bool Contains(RuleGraph graph, Rule outer, Rule inner) => outer.Direction == inner.Direction
        && SelectorContainment.Contains(graph.PolicyOf(outer).Subject, graph.PolicyOf(inner).Subject)
        && inner.Ports.All(i => outer.Ports.Any(o => Contains(o, i)))
        && inner.Peers.All(i => outer.Peers.Any(o => Contains(o, i)));

    private static bool Contains(Peer outer, Peer inner) => (outer, inner) switch
    {
        (Peer.Any, _) => true,
        (Peer.Endpoints o, Peer.Endpoints i) => SelectorContainment.Contains(o.Selector, i.Selector),
        (Peer.Nodes o, Peer.Nodes i) => SelectorContainment.Contains(o.Selector, i.Selector),
        (Peer.Cidr o, Peer.Cidr i) => o.Scope >= i.Scope && Contains(o.Block, i.Block),
        (Peer.Reserved { Entity: Entity.World }, Peer.Names) => true,
        (Peer.Reserved { Entity: Entity.World }, Peer.Cidr { Scope: AddressScope.Outside }) => true,
        (Peer.Reserved { Entity: Entity.World }, Peer.Reserved { Entity: Entity.WorldIPv4 or Entity.WorldIPv6 }) => true,
        _ => outer.Equals(inner),
    };

    private static bool Contains(IpBlock outer, IpBlock inner) => outer.Cidr.Contains(inner.Cidr)
        && outer.Except.All(e => !(inner.Cidr.Contains(e) || e.Contains(inner.Cidr)) || inner.Except.Any(x => x.Contains(e)));

    private static bool Contains(PortMatch outer, PortMatch inner) => (outer, inner) switch
    {
        (PortMatch.All, _) => true,
        (PortMatch.Range o, PortMatch.Range i) => o.Protocol == i.Protocol && o.First <= i.First && o.Last >= i.Last,
        (PortMatch.Range o, PortMatch.Named i) => o.Protocol == i.Protocol && o is { First: 0, Last: ushort.MaxValue },
        (PortMatch.Named o, PortMatch.Named i) => o.Name == i.Name && (o.Protocol is null || o.Protocol == i.Protocol),
        _ => false,
    };
}
