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

    public FlowDecision Evaluate(Flow flow)
    {
        if (flow.Source.Endpoint is { } self && ReferenceEquals(self, flow.Destination.Endpoint))
        {
            return new FlowDecision(flow, Undecided(Direction.Egress, DecisionReason.Loopback), Undecided(Direction.Ingress, DecisionReason.Loopback));
        }

        return new FlowDecision(flow, EvaluateSide(flow, Direction.Egress), EvaluateSide(flow, Direction.Ingress));
    }

    /// <summary>One side alone.</summary>
    public SideDecision EvaluateSide(Flow flow, Direction direction)
    {
        var (local, remote) = direction == Direction.Ingress ? (flow.Destination, flow.Source) : (flow.Source, flow.Destination);
        if (local.Endpoint is not { } subject)
        {
            return Undecided(direction, DecisionReason.NotAnEndpoint);
        }

        ImmutableArray<PolicyNode> isolating = [.. PoliciesFor(subject).Where(p => p.Isolates(direction))];
        if (isolating.IsEmpty)
        {
            return Undecided(direction, DecisionReason.NotIsolated);
        }

        if (direction == Direction.Ingress && IsOwnNode(subject, remote))
        {
            return Undecided(direction, DecisionReason.NodeLocal);
        }

        ImmutableArray<Rule> matching =
        [
            .. isolating.SelectMany(p => p.Rules).Where(r => r.Direction == direction && RuleMatcher.Matches(graph, r, flow)),
        ];
        return matching.IsEmpty
            ? new SideDecision(direction, false, DecisionReason.DefaultDeny, null, [], isolating)
            : new SideDecision(direction, true, DecisionReason.Rule, matching[0], matching, isolating);
    }

    private ImmutableArray<PolicyNode> PoliciesFor(Endpoint endpoint)
    {
        if (!_policies.TryGetValue(endpoint, out var policies))
        {
            _policies.Add(endpoint, policies = graph.PoliciesFor(endpoint));
        }

        return policies;
    }

    private bool IsOwnNode(Endpoint subject, FlowPeer remote) =>
        remote.Endpoint is null && remote.Address is { } address && graph.NodeOf(subject)?.Address(address.Family) == address;

    private static SideDecision Undecided(Direction direction, DecisionReason reason) => new(direction, true, reason, null, [], []);
}
