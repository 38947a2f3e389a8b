using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Graph;

/// <summary>Policies that are for nobody in the input.</summary>
internal static class SubjectCheck
{
    public static void Report(RuleGraph graph, List<Diagnostic> diagnostics)
    {
        if (graph.Cluster.Endpoints.IsEmpty)
        {
            if (!graph.Policies.IsEmpty)
            {
                diagnostics.Add(GraphDiagnostics.NoEndpoints.At(SourceSpan.None));
            }

            return;
        }

        var selected = new bool[graph.Policies.Length];
        foreach (var policy in graph.Cluster.Endpoints.SelectMany(e => graph.PoliciesFor(e)))
        {
            selected[policy.Index] = true;
        }

        var idle = graph.Policies.Where(p => !selected[p.Index]).ToList();
        if (idle.Count > 0)
        {
            diagnostics.Add(GraphDiagnostics.SelectsNothing.At(
                idle[0].Subject.Span.IsKnown ? idle[0].Subject.Span : idle[0].Span, idle.Count, idle[0].Reference));
        }
    }
}
