using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline.Agreement;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Graph = tables = kernel for every case under policies/, as <c>policyc verify --exhaustive</c> does it.</summary>
public sealed class AgreementCaseTests
{
    public static TheoryData<string> Cases => [.. Repository.ValidCases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void GraphTablesAndKernelAgree(string name)
    {
        KernelRequirement.Require();
        var compilation = new CompilePipeline(new LlvmCodeGenerator(), new LibbpfVerifier(), Stream.Null)
            .Compile(new CompileRequest([Repository.CasePath(name)], new GraphOptions(), CompileStage.Objects));
        Assert.True(compilation.Succeeded, string.Join('\n', compilation.Diagnostics));
        using var kernel = new KernelDatapath(compilation.Tables!, compilation.Plans, compilation.Objects, compilation.Maps);
        var report = AgreementChecker.Check(compilation.Tables!, kernel);
        AgreementAssert.Agrees(compilation.Tables!, report);
        Assert.Equal(report.Decisions, report.KernelRuns);
        Assert.True(report.Decisions > 0 || compilation.Graph!.Cluster.Endpoints.IsEmpty);
    }
}
