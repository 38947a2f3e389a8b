using System.Collections.Immutable;
using CsCheck;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;

namespace PolicyCompiler.Core.Tests.Names;

public sealed class NameClassBuilderTests
{
    private const int Enough = 4096;

    [Fact]
    public void ClassesAreTheSetsThatOneNameCanHave()
    {
        var classes = Build("*", "*.example.com", "www.example.com", "**.com", "*.org");
        Assert.Equal(
            ["[0] a", "[0,3] a.com", "[0,4] a.org", "[0,1,3] a.example.com", "[0,1,2,3] www.example.com"],
            classes.Classes.Select(Text));
        Assert.True(classes.IsComplete);
    }

    [Theory]
    [InlineData("*-*", "a-a")]
    [InlineData("-*", "-")]
    [InlineData("*_*", "_")]
    [InlineData("*.*b*", "a.b")]
    [InlineData("**.io", "a.io")]
    public void ExamplesAreShortAndProperNamesWhereThereAreAny(string pattern, string example) =>
        Assert.Equal(example, Assert.Single(Assert.Single(Build(pattern).Classes).Examples));

    [Fact]
    public void AClassCanNeedALeadingHyphen() => Assert.Equal(["[0] a", "[0,1] -"], Build("*", "-*").Classes.Select(Text));

    [Fact]
    public void UnionsAreTheClassesOfAddressesWithSeveralNames()
    {
        var classes = NameClassBuilder.Build(All("a.io", "b.io", "c.io"), Enough, unions: true);
        Assert.Equal(["[0] a.io", "[1] b.io", "[2] c.io", "[0,1] a.io b.io", "[0,2] a.io c.io", "[1,2] b.io c.io", "[0,1,2] a.io b.io c.io"], classes.Classes.Select(Text));
        Assert.True(classes.IsClosed);
    }

    [Fact]
    public void UnionsStopAtTheLimitAndKeepTheSingleNames()
    {
        var classes = NameClassBuilder.Build(All("a.io", "b.io", "c.io", "d.io"), 6, unions: true);
        Assert.True(classes.IsComplete);
        Assert.False(classes.IsClosed);
        Assert.Equal(6, classes.Classes.Length);
        Assert.Equal(4, classes.Classes.Count(c => c.Patterns.Length == 1));
    }

    [Fact]
    public void TooManyClassesAreReported()
    {
        // Every subset of the letters can be in one label.
        var classes = NameClassBuilder.Build(All([.. "abcdefghijklmnop".Select(c => $"*{c}*")]), Enough, unions: true);
        Assert.False(classes.IsComplete);
        Assert.False(classes.IsClosed);
    }

    [Fact]
    public void ThousandsOfPatternsAreNoTrouble()
    {
        var suffixes = Enumerable.Range(0, 1000).Select(i => Patterns.Pattern($"*.d{i}.example.com"));
        var names = Enumerable.Range(0, 1000).Select(i => Patterns.Exact($"host{i}.d{i % 10}.example.com"));
        var classes = NameClassBuilder.Build([.. suffixes, .. names], Enough, unions: false);
        Assert.True(classes.IsComplete);
        Assert.Equal(2000, classes.Classes.Length);
    }

    [Fact]
    public void EveryNameHasAClass() =>
        Gen.Select(Patterns.Distinct, Patterns.Name).Sample((patterns, name) =>
        {
            var matching = Matching(patterns, name);
            return matching.Length == 0 || NameClassBuilder.Build(patterns, Enough, unions: false).Classes.Any(c => c.Patterns.SequenceEqual(matching));
        });

    [Fact]
    public void EveryExampleHasThePatternsOfItsClass() =>
        Patterns.Distinct.Sample(patterns => NameClassBuilder.Build(patterns, Enough, unions: true).Classes.All(c =>
            c.Patterns.SequenceEqual(c.Examples.SelectMany(name => Matching(patterns, name)).Distinct().Order())));

    [Fact]
    public void UnionsOfTwoClassesAreClasses() =>
        Patterns.Distinct.Sample(patterns =>
        {
            var built = NameClassBuilder.Build(patterns, Enough, unions: true);
            var sets = built.Classes.Select(c => string.Join(',', c.Patterns)).ToHashSet(StringComparer.Ordinal);
            return built.IsClosed && built.Classes.All(a => built.Classes.All(b => sets.Contains(string.Join(',', a.Patterns.Union(b.Patterns).Order()))));
        });

    private static NameClasses Build(params string[] patterns) => NameClassBuilder.Build(All(patterns), Enough, unions: false);

    private static ImmutableArray<NamePattern> All(params string[] texts) =>
        [.. texts.Select(t => t.Contains('*', StringComparison.Ordinal) ? Patterns.Pattern(t) : Patterns.Exact(t))];

    private static ImmutableArray<int> Matching(ImmutableArray<NamePattern> patterns, string name) =>
        [.. Enumerable.Range(0, patterns.Length).Where(i => NamePatternMatcher.Matches(patterns[i], name))];

    private static string Text(NameClass c) => $"[{string.Join(',', c.Patterns)}] {string.Join(' ', c.Examples)}";
}
