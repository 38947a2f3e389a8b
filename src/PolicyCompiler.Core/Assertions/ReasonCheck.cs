using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Whether what decided is what an assertion expects.</summary>
internal static class ReasonCheck
{
    /// <summary>Of an allowed flow either side may give the reason; of a denied one, a side that denies it.</summary>
    public static bool Holds(RuleGraph graph, ExpectedReason expected, FlowAnswer answer) =>
        Deciding(answer).Any(side => expected switch
        {
            ExpectedReason.Without without => side.Reason == without.Reason,
            ExpectedReason.Policy policy => side.Matching.Any(r => IsNamed(graph.PolicyOf(r), policy) && (policy.Place is null || IsAt(r.Place, policy.Place)))
                || (policy.Place is null && side.Reason == DecisionReason.DefaultDeny && side.Isolating.Any(p => IsNamed(p, policy))),
            _ => throw new InvalidOperationException($"reason {expected}"),
        });

    public static bool IsNamed(PolicyNode policy, ExpectedReason.Policy expected) =>
        policy.Reference == expected.Reference && (expected.Kind ?? policy.Kind) == policy.Kind;

    /// <returns>Null when the graph has such a policy and rule.</returns>
    public static Diagnostic? Find(RuleGraph graph, ExpectedReason? expected)
    {
        if (expected is not ExpectedReason.Policy policy)
        {
            return null;
        }

        var named = graph.Policies.Where(p => IsNamed(p, policy)).ToList();
        if (named.Count == 0)
        {
            return AssertionDiagnostics.UnknownPolicy.At(
                policy.Span, "policy", policy.Kind is null ? policy.Reference : $"{policy.Kind} {policy.Reference}",
                Suggestion.Clause(policy.Reference, [.. graph.Policies.Select(p => p.Reference).Concat(ReasonWords.All).Distinct()]));
        }

        var places = named.SelectMany(p => p.Rules).Select(r => r.Place).ToList();
        return policy.Place is null || places.Exists(p => IsAt(p, policy.Place)) ? null : AssertionDiagnostics.UnknownPolicy.At(
            policy.Span, "rule", policy.ToString(), places.Count == 0 ? "; the policy has no rules" : $"; the policy has {string.Join(", ", places.Distinct())}");
    }

    /// <summary>What decided, for a message.</summary>
    public static string Describe(RuleGraph graph, FlowAnswer answer) => string.Join(" and ", Deciding(answer).Select(side =>
        $"{side.Direction.Word()} {(side.Rule is { } rule ? $"{graph.PolicyOf(rule).Kind} {graph.PolicyOf(rule).Reference} {rule.Place}" : ReasonWords.Of(side.Reason))}"));

    /// <summary>A place may have the rule's own name behind it.</summary>
    private static bool IsAt(string place, string expected) =>
        place == expected || (place.StartsWith(expected, StringComparison.Ordinal) && place[expected.Length] == ' ');

    private static IEnumerable<SideDecision> Deciding(FlowAnswer answer)
    {
        var egress = answer.Allowed || !answer.Decision.Egress.Allowed || answer.EgressProxy?.Verdict == ProxyVerdict.Denied;
        var ingress = answer.Allowed || !answer.Decision.Ingress.Allowed || answer.IngressProxy?.Verdict == ProxyVerdict.Denied;
        return new[] { (answer.Decision.Egress, Is: egress), (answer.Decision.Ingress, Is: ingress) }.Where(s => s.Is).Select(s => s.Item1);
    }
}
