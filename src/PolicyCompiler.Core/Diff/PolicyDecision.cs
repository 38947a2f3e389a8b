using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>What decides one direction of a flow on one side.</summary>
/// <param name="Kind">What decides: a rule, a default deny...</param>
/// <param name="Passes">It does not drop the flow.</param>
/// <param name="Rules">The deciding rules; of a default deny the policies that isolate.</param>
public sealed record PolicyDecision(DecisionKind Kind, bool Passes, ImmutableArray<RuleReference> Rules)
{
    internal static PolicyDecision? Of(PolicyTables tables, int decision)
    {
        if (decision < 0 || tables.Decision(decision) is not { } info)
        {
            return null;
        }

        var rules = info switch
        {
            { Proxy: { } proxy } => proxy.Members.Select(m => Reference(tables, tables.Graph.Rules[m.Value])),
            { Rule: { } rule } => [Reference(tables, tables.Graph.Rules[rule.Value])],
            { DirectionPolicy: >= 0 } => tables.DirectionPolicies[info.DirectionPolicy].Isolating.Select(i => tables.Graph.Policies[i])
                .Select(p => new RuleReference(p.Kind, p.Reference, null, p.Span)),
            _ => [],
        };
        return new PolicyDecision(info.Kind, !info.Action.IsDrop(), [.. rules.Distinct()]);
    }

    private static RuleReference Reference(PolicyTables tables, Rule rule)
    {
        var policy = tables.Graph.PolicyOf(rule);
        return new RuleReference(policy.Kind, policy.Reference, rule.Place, rule.Span);
    }
}

/// <summary>A rule, or a policy as a whole.</summary>
/// <param name="PolicyKind">The Kubernetes kind.</param>
/// <param name="Policy">The policy, as <c>namespace/name</c>.</param>
/// <param name="Place">The rule in it, such as <c>ingress[0]</c>; null: the policy as such.</param>
/// <param name="Span">Where it is written.</param>
public sealed record RuleReference(string PolicyKind, string Policy, string? Place, SourceSpan Span)
{
    public override string ToString() => Place is null ? $"{PolicyKind} {Policy}" : $"{PolicyKind} {Policy} {Place}";
}
