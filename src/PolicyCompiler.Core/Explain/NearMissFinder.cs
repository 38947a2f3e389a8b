using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Explain;

/// <summary>Finds the rule that came closest to allowing a denied flow.</summary>
public static class NearMissFinder
{
    /// <returns>Null when the isolating policies have no rule for the direction.</returns>
    public static NearMiss? Find(RuleGraph graph, Flow flow, SideDecision side)
    {
        NearMiss? best = null;
        var bestDistance = int.MaxValue;
        var (local, remote) = side.Direction == Direction.Ingress ? (flow.Destination, flow.Source) : (flow.Source, flow.Destination);
        var subject = local.Endpoint ?? graph.SubjectAt(local.Address!.Value)!;
        foreach (var rule in side.Isolating.SelectMany(p => p.Rules).Where(r => r.Direction == side.Direction && r.Action == RuleAction.Allow))
        {
            var (peerDistance, peerWhy) = Closest(rule.Peers, p => Distance(graph, subject, p, remote), "the rule names no peer that exists");
            var (portDistance, portWhy) = Closest(rule.Ports, p => Distance(p, flow), "the rule names no port");
            var distance = peerDistance + portDistance;
            if (distance < bestDistance)
            {
                bestDistance = distance;
                var why = (peerDistance, portDistance) switch
                {
                    (0, _) => $"the peer matches, the port does not: {portWhy}",
                    (_, 0) => $"the port matches, the peer does not: {peerWhy}",
                    _ => $"{peerWhy}; {portWhy}",
                };
                best = new NearMiss(rule, peerDistance == 0, portDistance == 0, why);
            }
        }

        return best;
    }

    private static (int Distance, string Why) Closest<T>(IEnumerable<T> items, Func<T, (int, string)> measure, string none) =>
        items.Select(measure).DefaultIfEmpty((100, none)).MinBy(m => m.Item1);

    private static (int Distance, string Why) Distance(RuleGraph graph, Endpoint subject, Peer peer, FlowPeer remote)
    {
        if (RuleMatcher.MatchesPeer(graph, subject, peer, remote))
        {
            return (0, "");
        }

        switch (peer)
        {
            case Peer.Endpoints when remote.Endpoint is null:
                return (40, $"the rule wants {peer}, and {remote} is no pod of the input");
            case Peer.Endpoints endpoints:
                var failed = Failed(graph, endpoints.Selector, remote.Endpoint!);
                return (4 * failed.Count, $"the rule wants {peer}, and {remote} has {string.Join(" and ", failed)}");
            case Peer.Cidr { Scope: < AddressScope.Everywhere } when remote.Endpoint is not null:
                return (40, $"the rule wants {peer}, and {remote} is a pod, which ipBlocks do not match here");
            case Peer.Cidr { Scope: AddressScope.Outside } when remote.Address is { } address && graph.NodeAt(address) is { } node:
                return (40, $"the rule wants {peer}, and {remote} is node {node.Name}, which CIDR rules do not match");
            case Peer.Cidr cidr when remote.Address is { } address && cidr.Block.Cidr.Contains(address):
                return (4, $"the rule wants {peer}, and {remote} is in an exception");
            default:
                return (20, $"the rule wants {peer}, and {remote} is not in it");
        }
    }

    private static List<string> Failed(RuleGraph graph, EndpointSelector selector, Endpoint endpoint)
    {
        var failed = new List<string>();
        var ns = graph.NamespaceOf(endpoint);
        if (selector.NamespaceSelector is null)
        {
            if (ns.Name != selector.Namespace)
            {
                failed.Add($"namespace {ns.Name}");
            }
        }
        else
        {
            failed.AddRange(Missing(selector.NamespaceSelector, ns.Labels, "namespace label"));
        }

        failed.AddRange(Missing(selector.Pods, endpoint.PolicyLabels, "label"));
        return failed;
    }

    private static IEnumerable<string> Missing(LabelSelector selector, LabelSet labels, string word) =>
        selector.Requirements.Where(r => !r.Matches(labels))
            .Select(r => labels.Find(r.Key) is { } value ? $"{word} {r.Key}={value}" : $"no {word} {r.Key}");

    private static (int Distance, string Why) Distance(PortMatch port, Flow flow)
    {
        if (RuleMatcher.MatchesPort(port, flow))
        {
            return (0, "");
        }

        var has = flow.Protocol.HasPorts() ? $"{flow.Protocol.Name()} {flow.Port}" : flow.Protocol.Name();
        return port switch
        {
            PortMatch.Range range when range.Protocol == flow.Protocol => (2, $"the rule wants {range}, the flow has {has}"),
            PortMatch.Named named when flow.Destination.Endpoint is { } destination => (
                named.Protocol is null || named.Protocol == flow.Protocol ? 2 : 3,
                destination.NamedPorts.Where(named.Is).Select(p => (int)p.Number).ToList() is { Count: > 0 } numbers
                    ? $"the rule wants {named}, which is {string.Join(" and ", numbers)} at {destination}, the flow has {has}"
                    : $"the rule wants {named}, which {destination} does not have, the flow has {has}"),
            _ => (3, $"the rule wants {port}, the flow has {has}"),
        };
    }
}
