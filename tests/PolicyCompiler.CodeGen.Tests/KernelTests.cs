using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Kernel;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.CodeGen.Tests;

/// <summary>The running kernel accepts the objects of every kind of plan.</summary>
public sealed class KernelTests
{
    [Fact]
    public void TheKernelAcceptsEveryKindOfPlan()
    {
        KernelRequirement.Require();
        var objects = Plans.All.Keys.Select(Plans.Build).ToList();

        var report = new LibbpfVerifier().Verify(objects, []);

        Assert.Empty(report.Diagnostics.Select(d => d.ToString()));
        Assert.Equal(VerificationOutcome.Accepted, report.Value!.Outcome);
        Assert.Equal(objects.Count, report.Value.Objects.Length);
    }
}
