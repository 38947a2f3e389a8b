using System.Collections.Immutable;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>
/// Tables -> who may talk to whom. It reads the verdicts that the datapath is given and evaluates no policy again; what it
/// asks is asked once for each class of endpoints, not for each pod.
/// </summary>
/// <remarks>
/// A connection is open when the egress of its source and the ingress of its destination both let it through; an address
/// that is no pod's has no side of its own. What is open to every pod anyway is left out: itself, and its own node.
/// </remarks>
public static class ConnectivityBuilder
{
    public static ConnectivityReport Build(PolicyTables tables)
    {
        var pool = new PortSetPool();
        var evaluator = new TableEvaluator(tables);
        var answers = new SideAnswers(tables, evaluator, pool);
        var groups = new Dictionary<string, WorkloadGroup>(StringComparer.Ordinal);
        var endpoints = tables.Graph.Cluster.Endpoints;
        var workloads = Enumerable.Range(0, endpoints.Length).Where(i => !endpoints[i].IsNode)
            .GroupBy(i => ConnectivityEnd.Workload.Of(endpoints[i]))
            .Select(pods => (Workload: pods.Key, Group: GroupOf([.. pods.Select(i => EndpointClass.Of(tables, evaluator, i)).Distinct()])))
            .OrderBy(w => w.Workload.Text, StringComparer.Ordinal)
            .ToImmutableArray();
        var between = new WorkloadOpenings(answers, pool);
        var external = new ExternalOpenings(tables.Identities, answers, pool);
        return new ConnectivityReport(
            [.. workloads.Select(w => w.Workload)],
            [.. workloads.Where(w => w.Group.Classes.Length > 1).Select(w => w.Workload)],
            new ConnectivityRows(workloads, [.. groups.Values.OrderBy(g => g.Index)], between, external),
            new ServiceRows(workloads, ServiceRows.ServicesOf(tables, evaluator), between, external));

        WorkloadGroup GroupOf(IReadOnlyList<EndpointClass> classes)
        {
            ImmutableArray<EndpointClass> ordered = [.. classes.OrderBy(c => c.ToString(), StringComparer.Ordinal)];
            var key = string.Join(';', ordered);
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = new WorkloadGroup(groups.Count, ordered));
            }

            return group;
        }
    }
}
