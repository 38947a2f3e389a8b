using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>Decision ids of one side -> what they stand for, each as one object.</summary>
internal sealed class PolicyDecisions(PolicyTables tables)
{
    private readonly Dictionary<int, PolicyDecision?> _known = [];

    /// <returns>Null for what is no decision of the side: no policy applies there, or it does not have the end.</returns>
    public PolicyDecision? Of(int decision)
    {
        if (!_known.TryGetValue(decision, out var known))
        {
            _known.Add(decision, known = decision >= 0 && tables.Decision(decision) is { } info ? Read(info) : null);
        }

        return known;
    }

    private PolicyDecision Read(DecisionInfo info)
    {
        var rules = info switch
        {
            { Proxy: { } proxy } => proxy.Members.Select(Reference),
            { Rule: { } rule } => [Reference(rule)],
            { DirectionPolicy: >= 0 } => tables.DirectionPolicies[info.DirectionPolicy].Isolating.Select(i => tables.Graph.Policies[i])
                .Select(p => new RuleReference(p.Kind, p.Reference, null, p.Span)),
            _ => [],
        };
        return new PolicyDecision(info.Kind, !info.Action.IsDrop(), [.. rules.Distinct()]);
    }

    private RuleReference Reference(RuleId id)
    {
        var rule = tables.Graph.Rules[id.Value];
        var policy = tables.Graph.PolicyOf(rule);
        return new RuleReference(policy.Kind, policy.Reference, rule.Place, rule.Span);
    }
}
