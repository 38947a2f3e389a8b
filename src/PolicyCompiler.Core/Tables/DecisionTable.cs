using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Tables;

/// <summary>The ids of decisions: the template's, one a rule, one a default deny, one a set of rules that a proxy serves.</summary>
internal static class DecisionTable
{
    public static int FirstProxyId(RuleGraph graph, int directionPolicies) => DefaultDenyId(graph, directionPolicies);

    /// <summary>The verdict where no entry matches.</summary>
    public static VerdictWord Default(RuleGraph graph, DirectionDraft draft, int index) => draft.Isolating.IsEmpty
        ? new VerdictWord(VerdictAction.Allow, DecisionInfo.FixedId(DecisionKind.NotIsolated, draft.Direction))
        : new VerdictWord(VerdictAction.Drop, DefaultDenyId(graph, index));

    public static ImmutableArray<DecisionInfo> Build(
        RuleGraph graph, IEnumerable<DirectionPolicy> directionPolicies, ImmutableArray<RedirectDecision> proxies)
    {
        var decisions = ImmutableArray.CreateBuilder<DecisionInfo>();
        foreach (var kind in Enum.GetValues<DecisionKind>().Where(k => k < DecisionKind.Rule))
        {
            foreach (var direction in Directions.All)
            {
                var reason = ReasonOf(kind);
                var action = reason == DropReason.None ? VerdictAction.Allow : VerdictAction.Drop;
                decisions.Add(new DecisionInfo(DecisionInfo.FixedId(kind, direction), kind, direction, action, reason, null, -1));
            }
        }

        foreach (var rule in graph.Rules)
        {
            var action = EntryBuilder.ActionOf(rule);
            decisions.Add(new DecisionInfo(
                DecisionInfo.RuleDecisionId(rule.Id), DecisionKind.Rule, rule.Direction, action,
                action == VerdictAction.Drop ? DropReason.PolicyDeny : DropReason.None, rule.Id, -1));
        }

        foreach (var policy in directionPolicies.Where(p => !p.Isolating.IsEmpty))
        {
            decisions.Add(new DecisionInfo(
                DefaultDenyId(graph, policy.Index), DecisionKind.DefaultDeny, policy.Direction, VerdictAction.Drop, DropReason.Policy, null, policy.Index));
        }

        foreach (var proxy in proxies)
        {
            decisions.Add(new DecisionInfo(
                proxy.Decision, DecisionKind.Proxy, graph.Rules[proxy.Members[0].Value].Direction, VerdictAction.Redirect, DropReason.None, proxy.Members[0], -1)
            {
                Proxy = proxy,
            });
        }

        return decisions.ToImmutable();
    }

    private static int DefaultDenyId(RuleGraph graph, int directionPolicy) =>
        DecisionInfo.FirstPolicyDecision + graph.Rules.Length + directionPolicy;

    private static DropReason ReasonOf(DecisionKind kind) => kind switch
    {
        DecisionKind.None => DropReason.InvalidTable,
        DecisionKind.Invalid => DropReason.Invalid,
        DecisionKind.UnknownL3 => DropReason.UnknownL3,
        DecisionKind.InvalidExtensionHeader => DropReason.InvalidExtensionHeader,
        DecisionKind.FragmentNotFound => DropReason.FragmentNotFound,
        DecisionKind.ConnectionNotCreated => DropReason.ConnectionNotCreated,
        DecisionKind.InvalidSourceAddress => DropReason.InvalidSourceAddress,
        DecisionKind.ProxyMissing => DropReason.ProxyLookupFailed,
        DecisionKind.Unauthenticated => DropReason.AuthenticationRequired,
        _ => DropReason.None,
    };
}
