using CsCheck;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Agreement;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Policies of all kinds together: the written text = graph = tables = kernel.</summary>
public sealed class MixedPolicyPropertyTests
{
    /// <summary>Whether the program in the kernel knows verdicts that redirect to a proxy and ask for authentication.</summary>
    private const bool KernelHasProxies = true;

    [Fact]
    public void TheGraphMeansWhatTheTextsSay() =>
        Gen.Select(MixedGenerators.Input, Gen.Bool, FlowGenerators.Picks).Sample(
            (input, matchesPods, picks) =>
            {
                var options = new GraphOptions(matchesPods);
                var graph = RuleGraphBuilder.Build(input, options).Value!;
                var evaluator = new FlowEvaluator(graph);
                var reference = new ReferenceSemantics(input, options);
                foreach (var flow in FlowGenerators.Flows(graph, picks))
                {
                    var decision = evaluator.Evaluate(flow);
                    var expected = reference.Evaluate(flow);
                    Assert.True(
                        (VerdictOf(decision.Egress), VerdictOf(decision.Ingress)) == expected,
                        $"{flow}: texts {expected}, graph {VerdictOf(decision.Egress)} ({decision.Egress.Reason} {decision.Egress.Rule?.Place}) "
                            + $"{VerdictOf(decision.Ingress)} ({decision.Ingress.Reason} {decision.Ingress.Rule?.Place})\n{RuleGraphWriter.Write(graph)}");
                }
            },
            iter: 1500);

    [Fact]
    public void GraphAndTablesAgree() =>
        MixedGenerators.Input.Sample(
            input =>
            {
                var tables = Tables(input);
                AgreementAssert.Agrees(tables, AgreementChecker.Check(tables, kernel: null));
            },
            iter: 150);

    [Fact]
    public void TheKernelAgrees()
    {
        KernelRequirement.Require();
        var generator = new LlvmCodeGenerator();
        (KernelHasProxies ? MixedGenerators.Input : MixedGenerators.PlainInput).Sample(
            input =>
            {
                var tables = Tables(input);
                foreach (var plans in new[] { ProgramPlanner.Plan(tables), ProgramPlanner.Plan(tables, specialisedObjects: 0) })
                {
                    var objects = plans.Distinct().Select((plan, i) => generator.Generate($"p{i}", plan)).ToList();
                    Assert.All(objects, o => Assert.True(o.Succeeded, string.Join('\n', o.Diagnostics)));
                    using var kernel = new KernelDatapath(tables, plans, objects.Select(o => o.Value!), MapContentsBuilder.Build(tables));
                    AgreementAssert.Agrees(tables, AgreementChecker.Check(tables, kernel));
                }
            },
            iter: 10,
            threads: 1);
    }

    private static ReferenceVerdict VerdictOf(SideDecision decision) =>
        new(decision.Allowed, decision.Proxied.Length, decision.ProxyAllowsEverything, decision.NeedsAuthentication);

    private static PolicyTables Tables(CompilerInput input) =>
        PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions()).Value!).Value!;
}
