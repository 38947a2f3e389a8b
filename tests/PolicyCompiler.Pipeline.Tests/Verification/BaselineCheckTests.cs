using PolicyCompiler.Pipeline.Verification;

namespace PolicyCompiler.Pipeline.Tests.Verification;

public sealed class BaselineCheckTests
{
    [Theory]
    [InlineData(100, 120, 20, false)]
    [InlineData(100, 121, 20, true)]
    [InlineData(100, 101, 0, true)]
    [InlineData(100, 100, 0, false)]
    [InlineData(100, 40, 0, false)]
    [InlineData(0, 1, 50, true)]
    [InlineData(1000, 1004, 0.5, false)]
    public void GrowthBeyondTheLimitIsFound(int before, int now, double percent, bool found)
    {
        var findings = BaselineCheck.Compare(Of(Record("a", before)), Of(Record("a", now)), percent);
        Assert.Equal(found ? ["NP5034"] : [], findings.Select(f => f.Code));
    }

    [Fact]
    public void EachProgramIsComparedWithItself()
    {
        var findings = BaselineCheck.Compare(Of(Record("a", 100), Record("b", 1000)), Of(Record("a", 500), Record("b", 1000)), 20);
        Assert.Contains("500 instructions for to of a, 100 in the baseline: 400 % more", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANewProgramIsComparedWithTheLargest()
    {
        var before = Of(Record("a", 100), Record("b", 1000));
        Assert.Empty(BaselineCheck.Compare(before, Of(Record("c", 1100)), 20));
        Assert.Single(BaselineCheck.Compare(before, Of(Record("c", 1300)), 20));
    }

    [Fact]
    public void KernelsAreComparedApart()
    {
        var before = Of(Record("a", 100), Record("a", 1000, "debian:6.1"));
        Assert.Empty(BaselineCheck.Compare(before, Of(Record("a", 1000, "debian:6.1")), 20));
        var unknown = Assert.Single(BaselineCheck.Compare(before, Of(Record("a", 1000, "debian:6.12")), 20));
        Assert.Equal("NP5036", unknown.Code);
    }

    [Fact]
    public void AKernelWithoutResultHasNothingToCompare() => Assert.Empty(BaselineCheck.Compare(Of(Record("a", 100)), Of(), 20));

    private static Baseline Of(params ComplexityRecord[] records) => new([.. records]);

    private static ComplexityRecord Record(string subject, int processed, string kernel = "running") => new(kernel, "bundle", subject, "to", processed);
}
