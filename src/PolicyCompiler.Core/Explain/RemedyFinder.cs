using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Explain;

/// <summary>Finds small changes that would let a denied side of a flow through.</summary>
public sealed class RemedyFinder(RuleGraph graph)
{
    private const int MostOfAKind = 2;

    private readonly FlowEvaluator _evaluator = new(graph);

    /// <returns>The smallest change first; none for a side that is allowed.</returns>
    public ImmutableArray<Remedy> Find(Flow flow, SideDecision side)
    {
        if (side.Allowed || graph.SubjectOf(flow.Local(side.Direction)) is not { } subject)
        {
            return [];
        }

        if (side.Reason == DecisionReason.Rule)
        {
            return WithoutDenies(flow, side, subject);
        }

        var rules = graph.PoliciesFor(subject).Where(p => p.Tier == Tier.Normal).SelectMany(p => p.Rules)
            .Where(r => r.Direction == side.Direction && r.Action == RuleAction.Allow && !r.FailsAuthentication)
            .Select(r => RuleComparison.Of(graph, subject, r, flow)).OrderBy(c => c.Distance).ThenBy(c => c.Rule.Proxy is not null).ToList();
        return
        [
            .. rules.Where(c => c.PeerDistance == 0).Select(c => WithPort(flow, c)).OfType<Remedy>().Take(MostOfAKind),
            .. rules.Where(c => c.PortDistance == 0).Select(c => WithLabels(flow, side, c)).OfType<Remedy>().DistinctBy(r => r.Text).Take(MostOfAKind),
            .. Narrowest(side.Isolating).Select(p => SuggestedRule.For(graph, p, flow, side.Direction)).OfType<Remedy>(),
        ];
    }

    /// <summary>Deny rules may stand behind each other, and a default deny behind them all.</summary>
    private ImmutableArray<Remedy> WithoutDenies(Flow flow, SideDecision side, Endpoint subject)
    {
        var denies = new List<Rule>();
        var now = side;
        while (now is { Allowed: false, Rule: { } deny } && denies.Count < 8)
        {
            denies.Add(deny);
            now = new FlowEvaluator(graph) { Without = denies.Select(r => r.Id).ToHashSet() }.EvaluateSide(flow, side.Direction);
        }

        var removed = $"remove or narrow {string.Join(" and ", denies.Select(r => $"{graph.PolicyOf(r).Kind} {graph.PolicyOf(r).Reference} {r.Place}"))}";
        ImmutableArray<RuleId> ids = [.. denies.Select(r => r.Id)];
        return now.Allowed ? [new Remedy(RemedyKind.RemoveRule, removed, denies[0].Span, null) { Rules = ids }]
            : now.Reason != DecisionReason.DefaultDeny ? []
            : [
                new Remedy(RemedyKind.RemoveRule, $"{removed}; {subject} is isolated then, so that a rule must allow it", denies[0].Span, null) { Rules = ids, Suffices = false },
                .. Narrowest(now.Isolating).Select(p => SuggestedRule.For(graph, p, flow, side.Direction)).OfType<Remedy>(),
            ];
    }

    private Remedy? WithPort(Flow flow, RuleComparison near)
    {
        var policy = graph.PolicyOf(near.Rule);
        return SuggestedRule.PortOf(policy, flow) is { } yaml
            ? new Remedy(RemedyKind.AddPort, $"add {PortText(flow)} to {policy.Kind} {policy.Reference} {near.Rule.Place}", near.Rule.Ports[^1].Written is { IsKnown: true } at ? at : near.Rule.Span, yaml) { Rules = [near.Rule.Id] }
            : null;
    }

    /// <summary>Labels of the other end count in its own policies too, so both sides are asked about a pod that has the new ones.</summary>
    private Remedy? WithLabels(Flow flow, SideDecision side, RuleComparison near)
    {
        var remote = flow.Remote(side.Direction);
        if (remote.Endpoint is not { HostNetwork: false } pod)
        {
            return null;
        }

        var smallest = near.Rule.Peers.OfType<Peer.Endpoints>().Select(p => RuleComparison.UnmetLabels(graph, p.Selector, pod))
            .Where(u => u is { IsEmpty: false } && u.Value.All(r => r.Key is not (Endpoint.ServiceAccountLabel or Endpoint.ClusterLabel)))
            .MinBy(u => u!.Value.Length);
        if (smallest is not { } unmet)
        {
            return null;
        }

        var labels = pod.Labels.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal);
        foreach (var requirement in unmet)
        {
            if (requirement.Operator is SelectorOperator.In or SelectorOperator.Exists)
            {
                labels[requirement.Key] = requirement.Values.FirstOrDefault("");
            }
            else
            {
                labels.Remove(requirement.Key);
            }
        }

        var changed = pod with { Labels = new LabelSet(labels) };
        var end = remote with { Endpoint = changed };
        var tried = _evaluator.Evaluate(side.Direction == Direction.Ingress ? flow with { Source = end } : flow with { Destination = end });
        var before = _evaluator.Evaluate(flow);
        var (now, other, otherBefore) = side.Direction == Direction.Ingress
            ? (tried.Ingress, tried.Egress, before.Egress)
            : (tried.Egress, tried.Ingress, before.Ingress);
        if (!now.Allowed || (otherBefore.Allowed && !other.Allowed))
        {
            return null;
        }

        var words = unmet.Select(r => r.Operator switch
        {
            SelectorOperator.In => $"{r.Key}={r.Values[0]}",
            SelectorOperator.Exists => $"some {r.Key}",
            _ => $"no {r.Key}",
        });
        var policy = graph.PolicyOf(near.Rule);
        return new Remedy(
            RemedyKind.ChangeLabels,
            $"give {pod} the label{(unmet.Length == 1 ? "" : "s")} {string.Join(", ", words)}: {policy.Kind} {policy.Reference} {near.Rule.Place} allows it then",
            pod.Span,
            null)
        {
            Rules = [near.Rule.Id],
            Changed = changed,
        };
    }

    /// <summary>The isolating policy that is for the fewest endpoints, so that the least is opened with it.</summary>
    private IEnumerable<PolicyNode> Narrowest(ImmutableArray<PolicyNode> isolating)
    {
        var counts = isolating.ToDictionary(p => p.Index, _ => 0);
        if (isolating.Length > 1)
        {
            foreach (var policy in graph.Cluster.Endpoints.SelectMany(e => graph.PoliciesFor(e)).Where(p => counts.ContainsKey(p.Index)))
            {
                counts[policy.Index]++;
            }
        }

        return isolating.OrderBy(p => counts[p.Index]).Take(1);
    }

    private static string PortText(Flow flow) => flow.Protocol.HasPorts() ? $"{flow.Protocol.Name()} {flow.Port}" : $"{flow.Protocol.Name()} type {flow.Port}";
}
