using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>
/// The meaning of policies once more, straight from the objects as they are written and from docs/semantics.md, with no
/// thought of speed and nothing shared with the rule graph's lowering: two readings of the same texts must agree.
/// </summary>
internal sealed class ReferenceSemantics(CompilerInput input, GraphOptions options)
{
    private readonly ReferencePeers _peers = new(input.Cluster, options);

    public (ReferenceVerdict Egress, ReferenceVerdict Ingress) Evaluate(Flow flow)
    {
        var source = ReferenceEnd.Of(input.Cluster, flow.Source, flow.Family);
        var destination = ReferenceEnd.Of(input.Cluster, flow.Destination, flow.Family);
        var toItself = (source.Pod is { StandsForPods: false } && ReferenceEquals(source.Pod, destination.Pod)) || (source.Node is not null && source.Node == destination.Node);
        return toItself
            ? (new ReferenceVerdict(true), new ReferenceVerdict(true))
            : (Side(Direction.Egress, source, destination, flow), Side(Direction.Ingress, destination, source, flow));
    }

    private ReferenceVerdict Side(Direction direction, ReferenceEnd subject, ReferenceEnd remote, Flow flow)
    {
        if (subject.Pod is null && subject.Node is null)
        {
            return new ReferenceVerdict(true);
        }

        if (FirstOf(Tier.Admin, direction, subject, remote, flow) is { } admin and not RuleAction.Pass)
        {
            return new ReferenceVerdict(admin == RuleAction.Allow);
        }

        var rules = CiliumRulesFor(subject).ToList();
        var policies = input.Policies.Policies.OfType<NetworkPolicy>()
            .Where(p => subject.Pod is { } pod && pod.Namespace == p.Namespace && p.PodSelector.Matches(pod.PolicyLabels) && Isolates(p, direction)).ToList();
        var ownNode = _peers.IsOwnNode(subject, remote);
        if (rules.Any(r => Denies(r.Rule, direction).Any(i => ItemMatches(r.Policy, r.Rule, i, subject, remote)
            && (i.ToPorts.IsEmpty ? ReferencePorts.MatchesIcmps(i, flow) : i.ToPorts.Any(p => ReferencePorts.Matches(p, flow))))))
        {
            return new ReferenceVerdict(false);
        }

        if (direction == Direction.Ingress && ownNode && subject.Pod is not null && _peers.IsAddressTowardsPods(remote))
        {
            return new ReferenceVerdict(true);
        }

        int plain = policies.SelectMany(p => direction == Direction.Ingress ? p.Ingress.Select(r => (p, r)) : p.Egress.Select(r => (p, r)))
            .Count(x => _peers.Matches(x.p, x.r, remote) && ReferencePorts.Matches(x.r, flow));
        int proxied = 0, observed = 0;
        var (authenticated, fails) = (false, false);
        foreach (var (policy, rule) in rules)
        {
            foreach (var item in Allows(rule, direction).Where(i => ItemMatches(policy, rule, i, subject, remote)))
            {
                var matching = item.ToPorts.Where(p => ReferencePorts.Matches(p, flow)).ToList();
                var own = item.ToPorts.IsEmpty ? (ReferencePorts.MatchesIcmps(item, flow) ? 1 : 0) : matching.Count(p => p.Proxy is null);
                var through = matching.Count(p => p.Proxy is not null);
                plain += own;
                proxied += through;
                observed += DefaultDeny(rule, direction) ? 0 : through;
                authenticated |= own + through > 0 && item.Authentication is AuthenticationMode.Required;
                fails |= own + through > 0 && item.Authentication is AuthenticationMode.TestAlwaysFail;
            }
        }

        if (fails)
        {
            return new ReferenceVerdict(false);
        }

        if (plain + proxied > 0)
        {
            return new ReferenceVerdict(true, proxied, proxied > 0 && plain + observed > 0, authenticated);
        }

        if (policies.Count > 0 || rules.Any(r => DefaultDeny(r.Rule, direction)))
        {
            return new ReferenceVerdict(false);
        }

        return new ReferenceVerdict(FirstOf(Tier.Baseline, direction, subject, remote, flow) is null or not RuleAction.Deny);
    }

    /// <summary>What the first matching rule of the tier says; null if none matches.</summary>
    private RuleAction? FirstOf(Tier tier, Direction direction, ReferenceEnd subject, ReferenceEnd remote, Flow flow)
    {
        var policies = input.Policies.Policies.OfType<AdminPolicy>().Where(p => p.Tier == tier && subject.Pod is { } pod && _peers.Matches(p.Subject, pod))
            .OrderBy(p => p.Kind == AdminPolicy.BaselineKind).ThenBy(p => p.Priority);
        foreach (var rule in policies.SelectMany(p => direction == Direction.Ingress ? p.Ingress : p.Egress))
        {
            if (rule.Peers.Any(p => _peers.Matches(p, remote)) && (rule.Ports.IsEmpty || rule.Ports.Any(p => ReferencePorts.Matches(p, flow))))
            {
                return rule.Action;
            }
        }

        return null;
    }

    private IEnumerable<(CiliumPolicy Policy, CiliumRule Rule)> CiliumRulesFor(ReferenceEnd subject) =>
        from policy in input.Policies.Policies.OfType<CiliumPolicy>()
        from rule in policy.Rules
        where rule.NodeSelector is { } nodes
            ? subject.Node is { } node && input.Cluster.Nodes.Contains(node) && nodes.Matches(node.Labels)
            : subject.Pod is { } pod && _peers.IsSubject(policy, rule.EndpointSelector!, pod)
        select (policy, rule);

    /// <summary>A field that is there and empty selects nobody; no field and ports: everyone; neither: nobody.</summary>
    private bool ItemMatches(CiliumPolicy policy, CiliumRule rule, CiliumRuleItem item, ReferenceEnd subject, ReferenceEnd remote) =>
        item is { Endpoints: null, Cidrs: null, CidrSets: null, Entities: null, Nodes: null, Services: null, Names: null }
            ? !item.ToPorts.IsEmpty || !item.Icmps.IsEmpty
            : _peers.Matches(policy, rule, item, subject, remote);

    private static bool DefaultDeny(CiliumRule rule, Direction direction) =>
        (Allows(rule, direction).Any() || Denies(rule, direction).Any())
        && (direction == Direction.Ingress ? rule.DefaultDenyIngress : rule.DefaultDenyEgress) != false;

    private static IEnumerable<CiliumRuleItem> Allows(CiliumRule rule, Direction direction) => direction == Direction.Ingress ? rule.Ingress : rule.Egress;

    private static IEnumerable<CiliumRuleItem> Denies(CiliumRule rule, Direction direction) => direction == Direction.Ingress ? rule.IngressDeny : rule.EgressDeny;

    private static bool Isolates(NetworkPolicy policy, Direction direction) => direction == Direction.Ingress
        ? policy.PolicyTypes.IsEmpty || policy.PolicyTypes.Contains(NetworkPolicyType.Ingress)
        : policy.PolicyTypes.IsEmpty ? policy.Egress.Length > 0 : policy.PolicyTypes.Contains(NetworkPolicyType.Egress);
}
