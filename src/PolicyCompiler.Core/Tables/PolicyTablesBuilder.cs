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
        var drafts = new List<DirectionDraft>();
        var directionIndex = new Dictionary<string, int>(StringComparer.Ordinal);
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
            var key = (Find(endpoint, policies, Direction.Ingress), Find(endpoint, policies, Direction.Egress));
            if (!endpointIndex.TryGetValue(key, out var index))
            {
                endpointIndex.Add(key, index = endpointPolicies.Count);
                endpointPolicies.Add((key.Item1, key.Item2, []));
            }

            endpointPolicies[index].Endpoints.Add(i);
            endpointPolicyIndex.Add(index);
        }

        var identities = IdentityTableBuilder.Build(graph, drafts.Exists(d => d.NodeLocalInTable));
        var pages = new PageStore();
        var entries = new EntryBuilder(graph, new PeerResolver(graph, identities));
        var proxies = new RedirectDecisionTable(graph, DecisionTable.FirstProxyId(graph, drafts.Count));
        var builder = new DirectionPolicyBuilder(pages, identities, new RowBuilder(graph, proxies));
        ImmutableArray<DirectionPolicy> directionPolicies = [.. drafts.Select((draft, index) =>
            builder.Build(index, draft, entries.Build(draft), DecisionTable.Default(graph, draft, index)))];
        var tables = new PolicyTables(
            graph,
            identities,
            directionPolicies,
            [.. endpointPolicies.Select((p, i) => new EndpointPolicy(i, p.Ingress, p.Egress, [.. p.Endpoints]))],
            endpointPolicyIndex.ToImmutable(),
            DecisionTable.Build(graph, directionPolicies, proxies.ToImmutable()),
            proxies.ToImmutable(),
            [.. pages.Words]);
        return Stage.Of(tables, proxies.Diagnostics.Distinct().Concat(TableLimits.Check(tables)));

        int Find(Endpoint endpoint, ImmutableArray<PolicyNode> policies, Direction direction)
        {
            var draft = DirectionDraftBuilder.Build(graph, endpoint, policies, direction);
            if (!directionIndex.TryGetValue(draft.Key, out var index))
            {
                directionIndex.Add(draft.Key, index = drafts.Count);
                drafts.Add(draft);
            }

            return index;
        }
    }
}
