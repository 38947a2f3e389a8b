using CsCheck;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Pipeline.Agreement;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Graph = tables = kernel, on random policies and every decision they can make.</summary>
public sealed class AgreementPropertyTests
{
    [Fact]
    public void GraphAndTablesAgreeOnRandomPolicies() =>
        Generators.Input.Sample(
            input =>
            {
                foreach (var matchesPods in new[] { false, true })
                {
                    var tables = Tables(input, matchesPods);
                    AgreementAssert.Agrees(tables, AgreementChecker.Check(tables, kernel: null));
                }
            },
            iter: 150);

    [Fact]
    public void TheKernelAgreesOnRandomPolicies()
    {
        KernelRequirement.Require();
        var generator = new LlvmCodeGenerator();
        Generators.Input.Sample(
            input =>
            {
                var tables = Tables(input, matchesPods: false);
                // Every representation is asked: code of its own for each policy, and shared table code.
                foreach (var plans in new[] { ProgramPlanner.Plan(tables), ProgramPlanner.Plan(tables, specialisedObjects: 0) })
                {
                    var objects = plans.Distinct().Select((plan, i) => generator.Generate($"p{i}", plan)).ToList();
                    Assert.All(objects, o => Assert.True(o.Succeeded, string.Join('\n', o.Diagnostics)));
                    using var kernel = new KernelDatapath(tables, plans, objects.Select(o => o.Value!), MapContentsBuilder.Build(tables));
                    AgreementAssert.Agrees(tables, AgreementChecker.Check(tables, kernel));
                }
            },
            iter: 12,
            threads: 1);
    }

    private static PolicyTables Tables(Core.Model.CompilerInput input, bool matchesPods) =>
        PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions(matchesPods)).Value!).Value!;
}
