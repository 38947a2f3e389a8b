using System.Collections.Immutable;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>
/// Tables -> who may talk to whom. It reads the verdicts that the datapath is given and evaluates no policy again; what it
/// asks is asked once for each class of endpoints, not for each pod.
/// </summary>
/// <remarks>
/// A connection is open when the egress of its source and the ingress of its destination both let it through; an address
/// that is no pod's has no side of its own, unless it is that of a node that policies select. What is open to every pod anyway is left out: itself, and its own node.
/// </remarks>
public static class ConnectivityBuilder
{
    public static ConnectivityReport Build(PolicyTables tables) => Build(tables, new ConnectivityOptions());

    public static ConnectivityReport Build(PolicyTables tables, ConnectivityOptions options)
    {
        var byNamespace = options.Level == ConnectivityLevel.Namespace;
        var pool = new PortSetPool();
        var evaluator = new TableEvaluator(tables);
        var answers = new SideAnswers(tables, evaluator, pool, options.Ports);
        var groups = new Dictionary<string, WorkloadGroup>(StringComparer.Ordinal);
        var endpoints = tables.Graph.Cluster.Endpoints;
        var ends = Enumerable.Range(0, endpoints.Length).Where(i => !endpoints[i].IsNode)
            .GroupBy(i => ConnectivityEnd.Of(endpoints[i], options.Level))
            .Select(pods => (End: pods.Key, Group: GroupOf([.. pods.GroupBy(i => EndpointClass.Of(tables, evaluator, i))])))
            .OrderBy(e => e.End.Text, StringComparer.Ordinal)
            .ToImmutableArray();
        ImmutableArray<WorkloadGroup> ordered = [.. groups.Values.OrderBy(g => g.Index)];
        var between = new WorkloadOpenings(answers, pool);
        var external = new ExternalOpenings(tables, evaluator, answers, pool);
        var names = new UnresolvedNames(tables, answers);
        // A service is asked about a port that need not be its backends'.
        var all = options.Ports.IsAll ? answers : new SideAnswers(tables, evaluator, pool, PortSet.All);
        return new ConnectivityReport(
            options,
            [.. ends.Select(e => e.End)],
            [.. ends.Where(e => !byNamespace && e.Group.Classes.Length > 1).Select(e => e.End)],
            [.. ends.SelectMany(e => names.Of(e.Group.Classes), (e, name) => (e.End, name))],
            new ConnectivityRows(ends, ordered, byNamespace, between, external),
            new ServiceRows(
                ends,
                ServiceRows.ServicesOf(tables, evaluator, options.Ports, pod => byNamespace ? null : ConnectivityEnd.Of(pod, options.Level)),
                new WorkloadOpenings(all, pool),
                new ExternalOpenings(tables, evaluator, all, pool)),
            new ConnectivityMatrix([.. ends.Select(e => e.Group.Index)], ordered, between, external));

        WorkloadGroup GroupOf(IReadOnlyList<IGrouping<EndpointClass, int>> pods)
        {
            ImmutableArray<EndpointClass> classes = [.. pods.Select(c => c.Key).OrderBy(c => c.ToString(), StringComparer.Ordinal)];
            ImmutableHashSet<EndpointClass> repeated = [.. pods.Where(c => byNamespace && (c.Skip(1).Any() || endpoints[c.First()].StandsForPods)).Select(c => c.Key)];
            var key = string.Join(';', classes.Select(c => $"{c}{(repeated.Contains(c) ? "*" : "")}"));
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = new WorkloadGroup(groups.Count, classes, repeated));
            }

            return group;
        }
    }
}
