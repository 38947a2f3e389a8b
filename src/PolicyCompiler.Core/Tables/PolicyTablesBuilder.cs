using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>Rule graph -> tables. Every number depends on the graph alone.</summary>
public static class PolicyTablesBuilder
{
    public static Stage<PolicyTables> Build(RuleGraph graph)
    {
        var identities = IdentityTableBuilder.Build(graph);
        var pages = new PageStore();
        var entries = new EntryBuilder(new PeerResolver(graph, identities));
        var builder = new DirectionPolicyBuilder(pages, identities);

        var directionPolicies = ImmutableArray.CreateBuilder<DirectionPolicy>();
        var directionIndex = new Dictionary<(Direction Direction, string Key), int>();
        var endpointPolicies = new List<(int Ingress, int Egress, List<int> Endpoints)>();
        var endpointIndex = new Dictionary<(int Ingress, int Egress), int>();
        var endpointPolicyIndex = ImmutableArray.CreateBuilder<int>(graph.Cluster.Endpoints.Length);
        for (var i = 0; i < graph.Cluster.Endpoints.Length; i++)
        {
            var endpoint = graph.Cluster.Endpoints[i];
            if (endpoint.HostNetwork)
            {
                endpointPolicyIndex.Add(-1);
                continue;
            }

            var policies = graph.PoliciesFor(endpoint);
            var key = (Resolve(endpoint, policies, Direction.Ingress), Resolve(endpoint, policies, Direction.Egress));
            if (!endpointIndex.TryGetValue(key, out var index))
            {
                endpointIndex.Add(key, index = endpointPolicies.Count);
                endpointPolicies.Add((key.Item1, key.Item2, []));
            }

            endpointPolicies[index].Endpoints.Add(i);
            endpointPolicyIndex.Add(index);
        }

        var tables = new PolicyTables(
            graph,
            identities,
            directionPolicies.ToImmutable(),
            [.. endpointPolicies.Select((p, i) => new EndpointPolicy(i, p.Ingress, p.Egress, [.. p.Endpoints]))],
            endpointPolicyIndex.ToImmutable(),
            Decisions(graph, directionPolicies),
            [.. pages.Words]);
        return Stage.Of(tables, TableLimits.Check(tables));

        int Resolve(Endpoint endpoint, ImmutableArray<PolicyNode> policies, Direction direction)
        {
            ImmutableArray<PolicyNode> isolating = [.. policies.Where(p => p.Isolates(direction))];
            var rules = isolating.SelectMany(p => p.Rules).Where(r => r.Direction == direction).ToList();
            var names = direction == Direction.Ingress
                ? rules.SelectMany(r => r.Ports).OfType<PortMatch.Named>().Select(n => (n.Protocol, n.Name)).ToHashSet()
                : [];
            ImmutableArray<NamedPort> ports = [.. endpoint.NamedPorts.Where(p => names.Contains((p.Protocol, p.Name))).Distinct()];
            var key = (direction, $"{string.Join(',', isolating.Select(p => p.Index))};{string.Join(',', ports)}");
            if (!directionIndex.TryGetValue(key, out var index))
            {
                index = directionPolicies.Count;
                directionIndex.Add(key, index);
                var fallback = isolating.IsEmpty
                    ? new VerdictWord(VerdictAction.Allow, DecisionInfo.FixedId(DecisionKind.NotIsolated, direction))
                    : new VerdictWord(VerdictAction.Drop, DefaultDenyId(graph, index));
                directionPolicies.Add(builder.Build(
                    index, direction, [.. isolating.Select(p => p.Index)], [.. rules.SelectMany(r => entries.Build(r, ports))], fallback));
            }

            return index;
        }
    }

    private static int DefaultDenyId(RuleGraph graph, int directionPolicy) =>
        DecisionInfo.FirstPolicyDecision + graph.Rules.Length + directionPolicy;

    private static ImmutableArray<DecisionInfo> Decisions(RuleGraph graph, IEnumerable<DirectionPolicy> directionPolicies)
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
            var (action, reason) = rule.Action == RuleAction.Allow ? (VerdictAction.Allow, DropReason.None) : (VerdictAction.Drop, DropReason.PolicyDeny);
            decisions.Add(new DecisionInfo(
                DecisionInfo.RuleDecisionId(rule.Id), DecisionKind.Rule, rule.Direction, action, reason, rule.Id, -1));
        }

        foreach (var policy in directionPolicies.Where(p => !p.Isolating.IsEmpty))
        {
            decisions.Add(new DecisionInfo(
                DefaultDenyId(graph, policy.Index), DecisionKind.DefaultDeny, policy.Direction, VerdictAction.Drop, DropReason.Policy, null, policy.Index));
        }

        return decisions.ToImmutable();
    }

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
