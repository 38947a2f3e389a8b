using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// Whether no connection of any pod can match two rules, whatever pods and labels there are. It compares peer with peer and
/// port with port, so that a false proves nothing.
/// </summary>
internal static class RuleDisjointness
{
    public static bool AreDisjoint(RuleGraph graph, Rule a, Rule b) => a.Direction != b.Direction
        || AreDisjoint(graph.PolicyOf(a).Subject, graph.PolicyOf(b).Subject)
        || a.Ports.All(p => b.Ports.All(q => AreDisjoint(p, q)))
        || a.Peers.All(p => b.Peers.All(q => AreDisjoint(p, q)));

    private static bool AreDisjoint(PolicySubject a, PolicySubject b) => (a, b) switch
    {
        (PolicySubject.Pods p, PolicySubject.Pods q) => SelectorContainment.AreDisjoint(p.Selector, q.Selector),
        (PolicySubject.Nodes p, PolicySubject.Nodes q) => SelectorContainment.AreDisjoint(p.Selector, q.Selector),
        (PolicySubject.Pods, PolicySubject.Nodes) or (PolicySubject.Nodes, PolicySubject.Pods) => true,
        _ => false,
    };

    private static bool AreDisjoint(Peer a, Peer b) => (a, b) switch
    {
        (Peer.Endpoints p, Peer.Endpoints q) => SelectorContainment.AreDisjoint(p.Selector, q.Selector),
        (Peer.Cidr p, Peer.Cidr q) => !p.Block.Cidr.Contains(q.Block.Cidr) && !q.Block.Cidr.Contains(p.Block.Cidr),
        _ => false,
    };

    /// <summary>A pod may serve two names on one port.</summary>
    private static bool AreDisjoint(PortMatch a, PortMatch b) => (a, b) switch
    {
        (PortMatch.Range p, PortMatch.Range q) => p.Protocol != q.Protocol || p.Last < q.First || q.Last < p.First,
        (PortMatch.Range p, PortMatch.Named { Protocol: { } protocol }) => p.Protocol != protocol,
        (PortMatch.Named { Protocol: { } protocol }, PortMatch.Range q) => q.Protocol != protocol,
        (PortMatch.Named { Protocol: { } p }, PortMatch.Named { Protocol: { } q }) => p != q,
        _ => false,
    };
}
