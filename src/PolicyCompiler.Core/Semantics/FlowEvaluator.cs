using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Semantics;

/// <summary>
/// The meaning of a policy set, written for reading: rule graph and flow in, decision out. It knows nothing of
/// identities, classes and tables, so that it can judge them. Not safe for use by several threads.
/// </summary>
public sealed class FlowEvaluator(RuleGraph graph)
{
    private readonly Dictionary<Endpoint, ImmutableArray<PolicyNode>> _policies = [];

    /// <summary>Rules to be left out, to see what they change.</summary>
    public IReadOnlySet<RuleId> Without { get; init; } = ImmutableHashSet<RuleId>.Empty;

    public FlowDecision Evaluate(Flow flow)
    {
        // A workload that stands for its pods means two of them: one and itself nobody asks about.
        if (graph.SubjectOf(flow.Source) is { StandsForPods: false } self && ReferenceEquals(self, graph.SubjectOf(flow.Destination)))
        {
            return new FlowDecision(flow, Undecided(Direction.Egress, DecisionReason.Loopback), Undecided(Direction.Ingress, DecisionReason.Loopback));
        }

        return new FlowDecision(flow, EvaluateSide(flow, Direction.Egress), EvaluateSide(flow, Direction.Ingress));
    }

    /// <summary>One side alone.</summary>
    public SideDecision EvaluateSide(Flow flow, Direction direction)
    {
        var (local, remote) = (flow.Local(direction), flow.Remote(direction));
        if (graph.SubjectOf(local) is not { } subject)
        {
            return Undecided(direction, DecisionReason.NotAnEndpoint);
        }

        ImmutableArray<PolicyNode> policies = [.. PoliciesFor(subject).Where(p => p.Concerns(direction))];
        if (policies.IsEmpty)
        {
            return Undecided(direction, DecisionReason.NotIsolated);
        }

        var matching = policies.ToLookup(p => p.Tier, p => p.Rules
            .Where(r => r.Direction == direction && !Without.Contains(r.Id) && RuleMatcher.Matches(graph, subject, r, flow)));
        var admin = matching[Tier.Admin].SelectMany(r => r).FirstOrDefault();
        if (admin is not null && admin.Action != RuleAction.Pass)
        {
            return ByRule(admin);
        }

        var normal = matching[Tier.Normal].SelectMany(r => r).ToImmutableArray();
        ImmutableArray<PolicyNode> isolating = [.. policies.Where(p => p.Isolates(direction))];
        if (normal.FirstOrDefault(r => r.Action == RuleAction.Deny) is { } deny)
        {
            return ByRule(deny) with { Passed = admin, Isolating = isolating };
        }

        if (direction == Direction.Ingress && IsOwnNode(subject, remote))
        {
            return Undecided(direction, DecisionReason.NodeLocal) with { Passed = admin };
        }

        if (!normal.IsEmpty)
        {
            return Allowed(normal) with { Passed = admin, Isolating = isolating };
        }

        if (!isolating.IsEmpty)
        {
            return new SideDecision(direction, false, DecisionReason.DefaultDeny) { Passed = admin, Isolating = isolating };
        }

        var baseline = matching[Tier.Baseline].SelectMany(r => r).FirstOrDefault();
        return baseline is null || baseline.Action == RuleAction.Pass
            ? Undecided(direction, DecisionReason.NotIsolated) with { Passed = baseline ?? admin }
            : ByRule(baseline) with { Passed = admin };

        SideDecision ByRule(Rule rule) =>
            new(direction, rule.Action == RuleAction.Allow, DecisionReason.Rule) { Rule = rule, Matching = [rule] };

        // Rules that allow the same flow add up. One that a proxy serves decides before others, and the proxy lets through
        // what any of them allows; authentication is needed if any of them asks for it, and fails if it does for any.
        SideDecision Allowed(ImmutableArray<Rule> rules)
        {
            if (rules.FirstOrDefault(r => r.FailsAuthentication) is { } failing)
            {
                return new SideDecision(direction, false, DecisionReason.Rule) { Rule = failing, Matching = [.. rules.Where(r => r.FailsAuthentication)] };
            }

            ImmutableArray<Rule> proxied = [.. rules.Where(r => r.Proxy is not null)];
            var deciding = proxied.FirstOrDefault() ?? rules.FirstOrDefault(r => r.NeedsAuthentication) ?? rules[0];
            return new SideDecision(direction, true, DecisionReason.Rule)
            {
                Rule = deciding,
                Matching = rules,
                Proxied = proxied,
                ProxyAllowsEverything = !proxied.IsEmpty && (proxied.Length < rules.Length || proxied.Any(r => r.OnlyObserves)),
                NeedsAuthentication = rules.Any(r => r.NeedsAuthentication),
            };
        }
    }

    private ImmutableArray<PolicyNode> PoliciesFor(Endpoint endpoint)
    {
        if (!_policies.TryGetValue(endpoint, out var policies))
        {
            _policies.Add(endpoint, policies = graph.PoliciesFor(endpoint));
        }

        return policies;
    }

    /// <summary>The one address that the subject's node uses towards its pods; a node is not policed against itself.</summary>
    private bool IsOwnNode(Endpoint subject, FlowPeer remote) => !subject.IsNode
        && ((remote.Endpoint is null && remote.Address is { } address && graph.NodeOf(subject)?.Address(address.Family) == address)
            || remote.Entity == Entity.Host);

    private static SideDecision Undecided(Direction direction, DecisionReason reason) => new(direction, true, reason);
}
