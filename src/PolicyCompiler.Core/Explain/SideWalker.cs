using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Explain;

/// <summary>Retells a decision: each stage that was asked, and each rule of it. It decides nothing itself.</summary>
public static class SideWalker
{
    public static SideWalk Walk(RuleGraph graph, Flow flow, SideDecision side)
    {
        if (side.Reason is DecisionReason.Loopback or DecisionReason.NotAnEndpoint
            || graph.SubjectOf(flow.Local(side.Direction)) is not { } subject)
        {
            return new SideWalk(side, null, [], []);
        }

        ImmutableArray<PolicyNode> policies = [.. graph.PoliciesFor(subject).Where(p => p.Concerns(side.Direction))];
        var compared = policies.SelectMany(p => p.Rules, (p, r) => (Policy: p, Rule: r)).Where(x => x.Rule.Direction == side.Direction)
            .Select(x => (x.Policy.Tier, Comparison: RuleComparison.Of(graph, subject, x.Rule, flow))).ToList();
        return new SideWalk(side, subject, policies, [.. Steps()]);

        IEnumerable<WalkStep> Steps()
        {
            if (InOrder(WalkStage.AdminTier, Tier.Admin) is { } admin)
            {
                yield return admin;
                if (admin.Decides)
                {
                    yield break;
                }
            }

            var denies = Rules(Tier.Normal, RuleAction.Deny);
            if (denies.Count > 0)
            {
                var denied = side.Rule is { Action: RuleAction.Deny } && TierOfDecision() == Tier.Normal;
                yield return new WalkStep(WalkStage.DenyRules, All(denies), denied, denied ? "denied" : "no deny rule matches");
                if (denied)
                {
                    yield break;
                }
            }

            if (side.Reason == DecisionReason.NodeLocal)
            {
                yield return new WalkStep(WalkStage.OwnNode, [], true, "allowed: it comes from the endpoint's own node");
                yield break;
            }

            var allows = Rules(Tier.Normal, RuleAction.Allow);
            var decided = side.Rule is { Action: RuleAction.Allow } && TierOfDecision() == Tier.Normal;
            if (allows.Count > 0)
            {
                yield return new WalkStep(
                    WalkStage.AllowRules, All(allows), decided, !decided ? "no allow rule matches" : side.Allowed ? "allowed" : "denied: authentication always fails");
                if (decided)
                {
                    yield break;
                }
            }

            var isolating = policies.Where(p => p.Isolates(side.Direction)).Select(p => $"{p.Kind} {p.Reference}").ToList();
            var isolated = side.Reason == DecisionReason.DefaultDeny;
            yield return new WalkStep(
                WalkStage.Isolation, [], isolated, isolated ? $"denied by default: isolated by {string.Join(", ", isolating)}" : "no policy isolates it");
            if (!isolated && InOrder(WalkStage.BaselineTier, Tier.Baseline) is { } baseline)
            {
                yield return baseline;
            }
        }

        Tier TierOfDecision() => graph.PolicyOf(side.Rule!).Tier;

        List<RuleComparison> Rules(Tier tier, RuleAction action) =>
            [.. compared.Where(c => c.Tier == tier && c.Comparison.Rule.Action == action).Select(c => c.Comparison)];

        // Rules that are asked all together.
        ImmutableArray<RuleStep> All(List<RuleComparison> rules) =>
        [
            .. rules.Select(c => new RuleStep(
                !c.Matches ? RuleRole.NoMatch
                    : ReferenceEquals(c.Rule, side.Rule) ? RuleRole.Decides
                    : side.Rule is { FailsAuthentication: true } && !c.Rule.FailsAuthentication ? RuleRole.Overruled
                    : RuleRole.Agrees,
                c)),
        ];

        // Rules of which the first that matches counts.
        WalkStep? InOrder(WalkStage stage, Tier tier)
        {
            var rules = compared.Where(c => c.Tier == tier).Select(c => c.Comparison).ToList();
            if (rules.Count == 0)
            {
                return null;
            }

            var first = rules.FirstOrDefault(c => c.Matches);
            var decides = first is not null && first.Rule.Action != RuleAction.Pass;
            return new WalkStep(
                stage,
                [
                    .. rules.Select(c => new RuleStep(
                        !c.Matches ? RuleRole.NoMatch : !ReferenceEquals(c, first) ? RuleRole.Overruled : decides ? RuleRole.Decides : RuleRole.Passes, c)),
                ],
                decides,
                first?.Rule.Action switch
                {
                    RuleAction.Allow => "allowed",
                    RuleAction.Deny => "denied",
                    RuleAction.Pass => "left to the next tier",
                    _ => "no rule matches",
                });
        }
    }
}
