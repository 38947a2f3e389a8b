using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Lint;

/// <summary>The order in which tiers and rules are asked (docs/semantics.md), for two rules that match the same flow.</summary>
internal static class RuleOrder
{
    /// <summary>What <paramref name="other"/> makes of <paramref name="rule"/>, whatever further rules say.</summary>
    public static RuleDominance Dominance(RuleGraph graph, Rule other, Rule rule)
    {
        var (otherTier, tier) = (graph.PolicyOf(other).Tier, graph.PolicyOf(rule).Tier);
        if (otherTier != tier)
        {
            return otherTier < tier && other.Action != RuleAction.Pass && !MayBePassed(graph, other, rule) ? RuleDominance.Stronger : RuleDominance.None;
        }

        if (tier != Tier.Normal)
        {
            return other.Id.Value < rule.Id.Value ? RuleDominance.Stronger : RuleDominance.None;
        }

        return (other.Action, rule.Action) switch
        {
            (RuleAction.Deny, RuleAction.Deny) => RuleDominance.Same,
            (RuleAction.Deny, _) => RuleDominance.Stronger,
            (_, RuleAction.Deny) => RuleDominance.None,
            _ when other.FailsAuthentication => rule.FailsAuthentication ? RuleDominance.Same : RuleDominance.Stronger,
            _ when rule.FailsAuthentication => RuleDominance.None,
            _ => AddsNothing(other, rule) ? RuleDominance.Same : RuleDominance.None,
        };
    }

    /// <summary>
    /// Whether a pass that is asked before a rule of its tier can take what the later tier's rule matches past it. A pass that
    /// matches nobody of this input counts: what only this input makes needless is not deleted along. Within one tier no pass
    /// matters, since it ends the tier for both.
    /// </summary>
    private static bool MayBePassed(RuleGraph graph, Rule other, Rule rule) => graph.Policies.Take(other.PolicyIndex + 1)
        .Where(p => p.Tier == graph.PolicyOf(other).Tier).SelectMany(p => p.Rules)
        .Any(r => r.Action == RuleAction.Pass && r.Id.Value < other.Id.Value && !RuleDisjointness.AreDisjoint(graph, r, rule));

    /// <summary>Allow rules add up: the other must ask for all that this one asks for, and pass all that it passes.</summary>
    private static bool AddsNothing(Rule other, Rule rule) =>
        (other.NeedsAuthentication || !rule.NeedsAuthentication)
        && other.OnlyObserves == rule.OnlyObserves
        && (other.Proxy is null) == (rule.Proxy is null)
        && (other.Proxy is null || ProxyContent.Of(other.Proxy) == ProxyContent.Of(rule.Proxy!));
}
