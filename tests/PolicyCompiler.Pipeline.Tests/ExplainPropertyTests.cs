using CsCheck;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>What explain tells about decisions holds: the walk ends at the rule that decided, and remedies help.</summary>
public sealed class ExplainPropertyTests
{
    [Fact]
    public void TheWalkEndsWhereTheDecisionWasMade() => Sample((graph, _, flow, side) =>
    {
        var walk = SideWalker.Walk(graph, flow, side);
        if (side.Reason is DecisionReason.Loopback or DecisionReason.NotAnEndpoint)
        {
            Assert.Empty(walk.Steps);
            return;
        }

        Assert.Equal(walk.Steps.Select(s => s.Stage).Order(), walk.Steps.Select(s => s.Stage));
        Assert.All(walk.Steps.SkipLast(1), s => Assert.False(s.Decides));
        var deciders = walk.Steps.SelectMany(s => s.Rules).Where(r => r.Role == RuleRole.Decides).Select(r => r.Comparison.Rule).ToList();
        Assert.Equal(side.Rule is null ? [] : [side.Rule], deciders);
        Assert.Equal(side.Reason != DecisionReason.NotIsolated, walk.Steps[^1].Decides);
        Assert.Equal(
            walk.Steps.Where(s => s.Stage == WalkStage.AllowRules).SelectMany(s => s.Rules).Count(r => r.Role is RuleRole.Decides or RuleRole.Agrees),
            side.Rule is { Action: RuleAction.Allow } rule && graph.PolicyOf(rule).Tier == Tier.Normal ? side.Matching.Length : 0);
        foreach (var step in walk.Steps.SelectMany(s => s.Rules))
        {
            Assert.Equal(RuleMatcher.Matches(graph, walk.Subject!, step.Comparison.Rule, flow), step.Role != RuleRole.NoMatch);
            Assert.Equal(step.Role == RuleRole.NoMatch, step.Comparison.Why.Length > 0);
        }
    });

    [Fact]
    public void EveryRemedyHelps()
    {
        var tried = new Dictionary<RemedyKind, int>();
        Sample((graph, input, flow, side) =>
        {
            var remedies = new RemedyFinder(graph).Find(flow, side);
            Assert.True(!side.Allowed || remedies.IsEmpty);
            foreach (var remedy in remedies.Where(r => r.Kind != RemedyKind.AddRule))
            {
                var after = remedy.Kind switch
                {
                    RemedyKind.AddPort => WithPort(graph, remedy, flow).EvaluateSide(flow, side.Direction),
                    RemedyKind.RemoveRule => new FlowEvaluator(graph) { Without = remedy.Rules.ToHashSet() }.EvaluateSide(flow, side.Direction),
                    _ => WithLabels(input, graph.Options, remedy, flow, side.Direction),
                };
                Assert.True(after.Allowed == remedy.Suffices, $"{flow}: {remedy.Text} gives {after.Reason}");
                Assert.True(remedy.Suffices || after.Reason == DecisionReason.DefaultDeny);
                lock (tried)
                {
                    tried[remedy.Kind] = tried.GetValueOrDefault(remedy.Kind) + 1;
                }
            }
        });
        Assert.All([RemedyKind.AddPort, RemedyKind.ChangeLabels, RemedyKind.RemoveRule], k => Assert.True(tried.GetValueOrDefault(k) > 10, $"{k} {tried.GetValueOrDefault(k)}"));
    }

    private static FlowEvaluator WithPort(RuleGraph graph, Remedy remedy, Flow flow)
    {
        var id = Assert.Single(remedy.Rules);
        var changed = graph.Policies.Select(p => p with
        {
            Rules = [.. p.Rules.Select(r => r.Id != id ? r : r with { Ports = [.. r.Ports, new PortMatch.Range(flow.Protocol, (ushort)flow.Port, (ushort)flow.Port, r.Span)] })],
        });
        return new FlowEvaluator(new RuleGraph(graph.Cluster, [.. changed], graph.Options));
    }

    /// <summary>In a cluster in which the pod has the new labels.</summary>
    private static SideDecision WithLabels(CompilerInput input, GraphOptions options, Remedy remedy, Flow flow, Direction direction)
    {
        var pod = direction == Direction.Ingress ? flow.Source : flow.Destination;
        var cluster = input.Cluster with { Endpoints = [.. input.Cluster.Endpoints.Select(e => ReferenceEquals(e, pod.Endpoint) ? remedy.Changed! : e)] };
        var graph = RuleGraphBuilder.Build(input with { Cluster = cluster }, options).Value!;
        var end = pod with { Endpoint = remedy.Changed };
        return new FlowEvaluator(graph).EvaluateSide(direction == Direction.Ingress ? flow with { Source = end } : flow with { Destination = end }, direction);
    }

    private static void Sample(Action<RuleGraph, CompilerInput, Flow, SideDecision> check) =>
        Gen.Select(MixedGenerators.Input, Gen.Bool, FlowGenerators.Picks).Sample(
            (input, matchesPods, picks) =>
            {
                var graph = RuleGraphBuilder.Build(input, new GraphOptions(matchesPods)).Value!;
                var evaluator = new FlowEvaluator(graph);
                foreach (var decision in FlowGenerators.Flows(graph, picks).Select(evaluator.Evaluate))
                {
                    check(graph, input, decision.Flow, decision.Egress);
                    check(graph, input, decision.Flow, decision.Ingress);
                }
            },
            iter: 300);
}
