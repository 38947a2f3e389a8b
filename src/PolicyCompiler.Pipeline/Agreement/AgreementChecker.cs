using System.Collections.Immutable;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Agreement;

/// <summary>Compares graph, tables and kernel, decision by decision: verdict, and the rule that decided.</summary>
public static class AgreementChecker
{
    public const int MaximumShown = 20;

    /// <param name="tables">The tables and the graph they were made from.</param>
    /// <param name="kernel">Null: graph and tables only.</param>
    public static AgreementReport Check(PolicyTables tables, KernelDatapath? kernel)
    {
        var points = new AgreementPoints(tables);
        return Check(tables, kernel, points.All(), points.Scope);
    }

    public static AgreementReport Check(PolicyTables tables, KernelDatapath? kernel, IEnumerable<AgreementPoint> points, AgreementScope scope)
    {
        var graph = new FlowEvaluator(tables.Graph);
        var evaluator = new TableEvaluator(tables);
        var disagreements = ImmutableArray.CreateBuilder<Disagreement>();
        long decisions = 0, kernelRuns = 0, count = 0;
        foreach (var point in points)
        {
            decisions++;
            var flow = point.ToFlow(tables.Graph);
            var meaning = graph.EvaluateSide(flow, point.Direction);
            var table = evaluator.Evaluate(point.Endpoint, point.Direction, point.Remote, point.PortKey);
            VerdictWord? answer = null;
            if (kernel is not null)
            {
                kernelRuns++;
                answer = kernel.Decide(point.Endpoint, point.Direction, point.Remote, point.PortKey);
            }

            if (!Agrees(tables, meaning, table) || (answer is { } word && word != table))
            {
                count++;
                if (disagreements.Count < MaximumShown)
                {
                    disagreements.Add(new Disagreement(flow, meaning, table, answer));
                }
            }
        }

        return new AgreementReport(decisions, kernelRuns, scope, disagreements.ToImmutable(), count);
    }

    /// <summary>Whether a verdict word says what the policies mean, with the same rule.</summary>
    public static bool Agrees(PolicyTables tables, SideDecision meaning, VerdictWord word)
    {
        if (tables.Decision(word.Decision) is not { } decision || meaning.Allowed == word.Action.IsDrop())
        {
            return false;
        }

        return meaning.Reason switch
        {
            DecisionReason.Rule => decision.Rule == meaning.Rule!.Id,
            DecisionReason.DefaultDeny => decision.Kind == DecisionKind.DefaultDeny && decision.Direction == meaning.Direction
                && tables.DirectionPolicies[decision.DirectionPolicy].Isolating.SequenceEqual(meaning.Isolating.Select(p => p.Index)),
            DecisionReason.NotIsolated => decision.Kind == DecisionKind.NotIsolated && decision.Direction == meaning.Direction,
            DecisionReason.NodeLocal => decision.Kind == DecisionKind.NodeLocal,
            _ => false,
        };
    }
}
