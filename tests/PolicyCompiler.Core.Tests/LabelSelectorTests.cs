using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tests;

public sealed class LabelSelectorTests
{
    private static readonly LabelSet Labels = new([KeyValuePair.Create("app", "web"), KeyValuePair.Create("empty", "")]);

    [Theory]
    [InlineData("app", SelectorOperator.In, "web,db", true)]
    [InlineData("app", SelectorOperator.In, "WEB", false)]
    [InlineData("none", SelectorOperator.In, "web", false)]
    [InlineData("app", SelectorOperator.NotIn, "web", false)]
    [InlineData("app", SelectorOperator.NotIn, "db", true)]
    [InlineData("none", SelectorOperator.NotIn, "web", true)]
    [InlineData("empty", SelectorOperator.Exists, "", true)]
    [InlineData("none", SelectorOperator.Exists, "", false)]
    [InlineData("none", SelectorOperator.DoesNotExist, "", true)]
    [InlineData("empty", SelectorOperator.DoesNotExist, "", false)]
    [InlineData("empty", SelectorOperator.In, "", true)]
    public void MatchesAsKubernetesDoes(string key, SelectorOperator op, string values, bool expected)
    {
        var requirement = new LabelRequirement(key, op, [.. values.Split(',')], SourceSpan.None);
        Assert.Equal(expected, new LabelSelector([requirement], SourceSpan.None).Matches(Labels));
    }

    [Fact]
    public void AllRequirementsMustHold()
    {
        LabelRequirement app = new("app", SelectorOperator.Exists, [], SourceSpan.None);
        LabelRequirement none = new("none", SelectorOperator.Exists, [], SourceSpan.None);
        Assert.False(new LabelSelector([app, none], SourceSpan.None).Matches(Labels));
        Assert.True(LabelSelector.Everything.Matches(LabelSet.Empty));
    }

    [Fact]
    public void EqualityIgnoresThePlace()
    {
        var source = new SourceText("a", "a", "");
        LabelSelector One(int line) => new([new LabelRequirement("k", SelectorOperator.In, ["v"], new SourceSpan(source, line, 1, 1))], SourceSpan.None);
        Assert.Equal(One(1), One(2));
        Assert.Equal(One(1).GetHashCode(), One(2).GetHashCode());
    }
}
