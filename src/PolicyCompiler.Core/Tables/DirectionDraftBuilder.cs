using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>What one direction of an endpoint is decided by.</summary>
internal static class DirectionDraftBuilder
{
    public static DirectionDraft Build(RuleGraph graph, Endpoint endpoint, ImmutableArray<PolicyNode> policies, Direction direction)
    {
        ImmutableArray<PolicyNode> concerned = [.. policies.Where(p => p.Concerns(direction))];
        var rules = concerned.SelectMany(p => p.Rules).Where(r => r.Direction == direction).ToList();
        var names = direction == Direction.Ingress ? rules.SelectMany(r => r.Ports).OfType<PortMatch.Named>().ToList() : [];
        ImmutableArray<NamedPort> ports = names.Count == 0 ? [] : [.. endpoint.NamedPorts.Where(p => names.Exists(n => n.Is(p))).Distinct()];
        var node = graph.NodeOf(endpoint);
        // Also for a node that is not known yet: an agent will know it, and must not let it in past a rule that denies.
        var overruled = direction == Direction.Ingress && !endpoint.IsNode && rules.Exists(r => MayOverruleNodeLocal(graph, r));
        var dependsOnNode = node is not null && (overruled || rules.Exists(TellsOwnNodeApart));
        return new DirectionDraft(direction, concerned, ports, dependsOnNode ? node!.Name : null, overruled);
    }

    /// <summary>The own node is <c>host</c>, every other one <c>remote-node</c>: rules for both of them do not ask which it is.</summary>
    private static bool TellsOwnNodeApart(Rule rule) =>
        rule.Peers.Any(p => p is Peer.Reserved { Entity: Entity.Host }) != rule.Peers.Any(p => p is Peer.Reserved { Entity: Entity.RemoteNode });

    /// <summary>Rules that are asked before the own node is let in, and could match it.</summary>
    private static bool MayOverruleNodeLocal(RuleGraph graph, Rule rule) =>
        (rule.Action == RuleAction.Deny || graph.PolicyOf(rule).Tier == Tier.Admin)
        && graph.PolicyOf(rule).Tier != Tier.Baseline
        && rule.Peers.Any(p => p is Peer.Any or Peer.Reserved { Entity: Entity.Host } or Peer.Nodes or Peer.Cidr { Scope: > AddressScope.Outside });
}
