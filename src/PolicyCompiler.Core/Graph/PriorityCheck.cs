using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;

namespace PolicyCompiler.Core.Graph;

/// <summary>
/// Two policies of one tier with the same priority: the API leaves open which is asked first. AdminNetworkPolicy says so
/// for any two; ClusterNetworkPolicy where both select a pod.
/// </summary>
internal static class PriorityCheck
{
    public static void Report(RuleGraph graph, PolicySet policies, List<Diagnostic> diagnostics)
    {
        var groups = policies.Policies.OfType<AdminPolicy>().Where(p => p.Kind != AdminPolicy.BaselineKind)
            .GroupBy(p => (p.Tier, p.Priority)).Where(g => g.Count() > 1);
        foreach (var group in groups)
        {
            var written = group.OrderBy(p => p.Kind, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal).ToList();
            for (var second = 1; second < written.Count; second++)
            {
                var first = written.Take(second).FirstOrDefault(p =>
                    (p.Kind == AdminPolicy.AdminKind && written[second].Kind == AdminPolicy.AdminKind) || ShareAPod(graph, p, written[second]));
                if (first is not null)
                {
                    diagnostics.Add(GraphDiagnostics.SamePriority.At(
                        written[second].PrioritySpan, written[second].Kind, written[second].Name, group.Key.Priority, first.Kind, first.Name, first.PrioritySpan));
                }
            }
        }
    }

    private static bool ShareAPod(RuleGraph graph, AdminPolicy a, AdminPolicy b) =>
        graph.Cluster.Endpoints.Any(e => Selects(graph, a, e) && Selects(graph, b, e));

    private static bool Selects(RuleGraph graph, AdminPolicy policy, Endpoint endpoint) => graph.Selects(
        new EndpointSelector(null, policy.Subject.NamespaceSelector, policy.Subject.PodSelector, policy.Subject.Span), endpoint);
}
