using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph.Lowering;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Core.Graph;

/// <summary>
/// Applies the defaults of each policy kind and brings all rules into one form, in the order in which they are asked.
/// </summary>
public static class RuleGraphBuilder
{
    public static Stage<RuleGraph> Build(CompilerInput input, GraphOptions options)
    {
        var diagnostics = new List<Diagnostic>();
        var cluster = HostEndpoints.AddTo(input.Cluster, input.Policies);
        var cilium = new CiliumPolicyLowering(cluster, diagnostics);
        var drafts = input.Policies.Policies.SelectMany(policy => policy switch
        {
            NetworkPolicy networkPolicy => [NetworkPolicyLowering.Lower(networkPolicy, options)],
            AdminPolicy adminPolicy => [AdminPolicyLowering.Lower(adminPolicy)],
            CiliumPolicy ciliumPolicy => cilium.Lower(ciliumPolicy),
            _ => throw new InvalidOperationException($"policy kind {policy.Kind}"),
        });

        // A stable sort: kind, namespace, name and place in the object are the order of the input.
        var graph = new RuleGraph(cluster, Number(drafts.OrderBy(p => p.Tier).ThenBy(p => p.Priority)), options);
        SubjectCheck.Report(graph, diagnostics);
        PriorityCheck.Report(graph, input.Policies, diagnostics);
        return Stage.Of(graph, diagnostics);
    }

    /// <summary>Gives policies and rules their numbers.</summary>
    private static ImmutableArray<PolicyNode> Number(IEnumerable<PolicyNode> drafts)
    {
        var policies = ImmutableArray.CreateBuilder<PolicyNode>();
        var nextRule = 0;
        foreach (var draft in drafts)
        {
            var index = policies.Count;
            policies.Add(draft with
            {
                Index = index,
                Rules = [.. draft.Rules.Select(r => r with { Id = new RuleId(nextRule++), PolicyIndex = index })],
            });
        }

        return policies.ToImmutable();
    }
}
