using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Explain;

/// <summary>A rule beside a flow: what of the rule matches, and how far from matching the rest is.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Peer">The first peer that matches; null: none does.</param>
/// <param name="Port">The first port that matches; null: none does.</param>
/// <param name="PeerDistance">0: a peer matches; else the more, the farther the closest one is.</param>
/// <param name="PortDistance">The same for ports.</param>
/// <param name="PeerWhy">What the closest peer wants and the flow has; empty when a peer matches.</param>
/// <param name="PortWhy">The same for ports.</param>
public sealed record RuleComparison(Rule Rule, Peer? Peer, PortMatch? Port, int PeerDistance, int PortDistance, string PeerWhy, string PortWhy)
{
    public bool Matches => PeerDistance == 0 && PortDistance == 0;

    public int Distance => PeerDistance + PortDistance;

    /// <summary>What keeps the rule from matching, in words; empty when it matches.</summary>
    public string Why => (PeerDistance, PortDistance) switch
    {
        (0, 0) => "",
        (0, _) => $"the peer matches, the port does not: {PortWhy}",
        (_, 0) => $"the port matches, the peer does not: {PeerWhy}",
        _ => $"{PeerWhy}; {PortWhy}",
    };

    /// <param name="graph">The graph.</param>
    /// <param name="subject">Whose rule it is.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="flow">The flow.</param>
    public static RuleComparison Of(RuleGraph graph, Endpoint subject, Rule rule, Flow flow)
    {
        var remote = flow.Remote(rule.Direction);
        var (peer, peerDistance, peerWhy) = Closest(rule.Peers, p => Compare(graph, subject, p, remote), "the rule names no peer that exists");
        var (port, portDistance, portWhy) = Closest(rule.Ports, p => Compare(p, flow), "the rule names no port");
        return new RuleComparison(rule, peerDistance == 0 ? peer : null, portDistance == 0 ? port : null, peerDistance, portDistance, peerWhy, portWhy);
    }

    /// <summary>Requirements of the selector on the pod's own labels that it does not meet; null when its namespace does not match.</summary>
    public static ImmutableArray<LabelRequirement>? UnmetLabels(RuleGraph graph, EndpointSelector selector, Endpoint endpoint) =>
        selector.MatchesNamespace(graph.NamespaceOf(endpoint)) ? [.. selector.Pods.Requirements.Where(r => !r.Matches(endpoint.PolicyLabels))] : null;

    private static (T? Item, int Distance, string Why) Closest<T>(ImmutableArray<T> items, Func<T, (int Distance, string Why)> measure, string none)
        where T : class
    {
        (T? Item, int Distance, string Why) closest = (null, int.MaxValue, none);
        foreach (var item in items)
        {
            var (distance, why) = measure(item);
            if (distance < closest.Distance)
            {
                closest = (item, distance, why);
            }
        }

        return closest with { Distance = Math.Min(closest.Distance, 100) };
    }

    private static (int Distance, string Why) Compare(RuleGraph graph, Endpoint subject, Peer peer, FlowPeer remote)
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

    private static (int Distance, string Why) Compare(PortMatch port, Flow flow)
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
