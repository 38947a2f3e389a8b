using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Agreement;

namespace PolicyCompiler.Pipeline.Tests.Lint;

/// <summary>What a policy set decides, point by point, without who said so.</summary>
internal sealed class Decisions
{
    private readonly List<(Flow Flow, Direction Direction)> _points;

    public Decisions(CompilerInput input)
    {
        Graph = RuleGraphBuilder.Build(input, new GraphOptions()).Value!;
        Tables = PolicyTablesBuilder.Build(Graph).Value!;
        var standIns = new StandIns(Tables);
        _points = [.. new AgreementPoints(standIns).All().Select(p => (p.ToFlow(Graph, standIns.PeerAt(p.Remote)), p.Direction))];
    }

    public RuleGraph Graph { get; }

    public PolicyTables Tables { get; }

    /// <summary>The first flow that another policy set for the same cluster decides otherwise; null: there is none.</summary>
    public string? FirstDifference(CompilerInput other)
    {
        var ours = new FlowEvaluator(Graph);
        var theirs = new FlowEvaluator(RuleGraphBuilder.Build(other, new GraphOptions()).Value!);
        foreach (var (flow, direction) in _points)
        {
            var (a, b) = (ours.EvaluateSide(flow, direction), theirs.EvaluateSide(flow, direction));
            if ((a.Allowed, a.NeedsAuthentication, a.ProxyAllowsEverything) != (b.Allowed, b.NeedsAuthentication, b.ProxyAllowsEverything)
                || !Content(a).SetEquals(Content(b)))
            {
                return $"{flow} {direction}: {a.Reason} {a.Rule?.Place} allowed {a.Allowed}, then {b.Reason} {b.Rule?.Place} allowed {b.Allowed}";
            }
        }

        return null;
    }

    private static HashSet<ProxyRule> Content(SideDecision decision) => [.. decision.Proxied.Select(r => r.Proxy!)];
}
