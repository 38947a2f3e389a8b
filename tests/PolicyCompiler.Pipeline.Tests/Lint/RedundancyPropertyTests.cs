using CsCheck;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Tests.Lint;

/// <summary>What lint calls needless can go, and what it does not call so cannot: on random policies of every kind.</summary>
public sealed class RedundancyPropertyTests
{
    [Fact]
    public void EachFoundUnitCanGo() => MixedGenerators.Input.Sample(
        input =>
        {
            var decisions = new Decisions(input);
            foreach (var found in RedundancyFinder.Find(input.Policies, decisions.Tables))
            {
                AssertSame(decisions, UnitRemover.Remove(input, decisions.Graph, found.Unit), $"{found.Unit} {found.Kind} {found.Scope}");
            }
        },
        iter: 150);

    [Fact]
    public void AllFoundUnitsCanGoTogether() => MixedGenerators.Input.Sample(
        input =>
        {
            var decisions = new Decisions(input);
            var found = RedundancyFinder.Find(input.Policies, decisions.Tables);
            AssertSame(decisions, UnitRemover.Remove(input, decisions.Graph, found.Select(f => f.Unit)), string.Join("; ", found));
        },
        iter: 300);

    private static void AssertSame(Decisions decisions, CompilerInput left, string what)
    {
        var difference = decisions.FirstDifference(left);
        Assert.True(difference is null, $"{what}: {difference}\n{RuleGraphWriter.Write(decisions.Graph)}");
    }
}
