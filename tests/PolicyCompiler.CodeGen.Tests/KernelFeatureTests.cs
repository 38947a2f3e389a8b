using System.Globalization;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.CodeGen.Tests;

/// <summary>What the programs need of a kernel is known, dated, and written down.</summary>
public sealed class KernelFeatureTests
{
    private const KernelAlternatives Older = KernelAlternatives.Locks | KernelAlternatives.StaticFunctions;

    public static TheoryData<string> PlanNames => [.. Plans.All.Keys];

    [Theory]
    [MemberData(nameof(PlanNames))]
    public void EveryFeatureIsDated(string plan)
    {
        var features = FeatureReader.Read(Plans.Build(plan));
        Assert.NotEmpty(features);
        Assert.All(features, f => Assert.NotNull(f.Since));
    }

    [Theory]
    [MemberData(nameof(PlanNames))]
    public void WithAlternativesEveryProgramSuitsTheOldestKernel(string plan)
    {
        var stage = new LlvmCodeGenerator().Generate(plan, Plans.All[plan] with { Alternatives = TargetKernel.AlternativesFor(KernelVersion.Oldest) });
        Assert.Empty(stage.Diagnostics);
        Assert.Empty(TargetKernel.Lacking(stage.Value!, KernelVersion.Oldest));
        Assert.Empty(TargetKernel.Check(stage.Value!, KernelVersion.Oldest));
    }

    [Fact]
    public void WithoutThemTheProgramsSayWhatAnOlderKernelLacks()
    {
        var found = TargetKernel.Check(Plans.Build("inline-mixed"), new KernelVersion(5, 10));
        Assert.All(found, d => Assert.Equal("NP4020", d.Code));
        Assert.Equal(
            [
                "object 'inline-mixed' needs atomic operations other than a plain addition (since Linux 5.12), which Linux 5.10 does not have, and there is no alternative",
                "object 'inline-mixed' needs helper bpf_ktime_get_coarse_ns (since Linux 5.11), which Linux 5.10 does not have, and there is no alternative",
                "object 'inline-mixed' needs pointers to memory as arguments of functions that are verified by themselves (since Linux 5.12), which Linux 5.10 does not have, and there is no alternative",
            ],
            found.Select(d => d.Message));
        Assert.Empty(TargetKernel.Check(Plans.Build("inline-mixed"), new KernelVersion(5, 12)));
    }

    [Theory]
    [InlineData(null, KernelAlternatives.None)]
    [InlineData("6.1", KernelAlternatives.None)]
    [InlineData("5.12", KernelAlternatives.None)]
    [InlineData("5.11", Older)]
    [InlineData("5.10", Older | KernelAlternatives.ExactClock)]
    public void AlternativesFollowTheTarget(string? target, KernelAlternatives expected) =>
        Assert.Equal(expected, TargetKernel.AlternativesFor(target is null ? null : KernelVersion.TryParse(target, out var version) ? version : null));

    [Fact]
    public void TheMapOfLocksIsThereOnlyWithThem()
    {
        Assert.Contains(Plans.Build("older-kernel").Maps, m => m.Name == "policyc_ct_locks");
        Assert.DoesNotContain(Plans.Build("inline-mixed").Maps, m => m.Name == "policyc_ct_locks");
    }

    [Fact]
    public void TheDocumentListsWhatTheProgramsUse()
    {
        var expected = Plans.All.Keys.SelectMany(n => FeatureReader.Read(Plans.Build(n)))
            .Distinct()
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"| {f.Name} | {f.Since} |"))
            .Order(StringComparer.Ordinal);
        var document = File.ReadLines(Path.Combine(Repository.Root, "docs", "kernel-features.md"))
            .SkipWhile(l => l != "## What the programs use")
            .TakeWhile(l => l != "## Alternatives")
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| feature", StringComparison.Ordinal))
            .Select(l => string.Join('|', l.Split('|').Take(3)) + "|");
        Assert.Equal(expected, document.Order(StringComparer.Ordinal));
    }
}
