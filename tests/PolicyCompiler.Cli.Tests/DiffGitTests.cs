namespace PolicyCompiler.Cli.Tests;

/// <summary>Sides of a diff that are revisions of a repository.</summary>
public sealed class DiffGitTests : IDisposable
{
    private readonly GitRepository _repository = new();

    public DiffGitTests()
    {
        _repository.File("cluster.yaml", DiffTests.Cluster);
        _repository.File("policies/redis.yaml", DiffTests.Policy("{app: cart}", 6379));
        _repository.File("policies/notes.txt", "not: [yaml");
        _repository.Commit("first");
        _repository.Git("tag", "first");
        _repository.File("policies/redis.yaml", DiffTests.Policy(DiffTests.Others, 6379));
        _repository.Commit("second");
    }

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("first..HEAD", "--", "policies")]
    [InlineData("first..", "--", "policies/redis.yaml")]
    [InlineData("first...main", "--", "policies/")]
    [InlineData("first", "main", "--", "policies")]
    [InlineData("first:policies", "policies")]
    [InlineData("first:policies", "main:policies/redis.yaml")]
    [InlineData("first", "--", "policies")]
    [InlineData("first..HEAD", "policies")]
    public void RevisionsAreSides(params string[] operands)
    {
        string[] arguments = operands.Contains("--") ? ["diff", "--with", "cluster.yaml", .. operands] : ["diff", .. operands, "--with", "cluster.yaml"];
        var result = PolicycProcess.Run(arguments, "", _repository.Path);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("widened  TCP 6379  denied -> allowed\n  from     shop/web[Deployment]\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("policies/redis.yaml:7", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePathsOfARevisionSayWhichItIs()
    {
        var result = PolicycProcess.Run(["diff", "first..main", "--with", "cluster.yaml", "--", "policies"], "", _repository.Path);
        Assert.Contains("now     allowed by NetworkPolicy shop/redis ingress[0]  main:policies/redis.yaml:7\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("isolated by NetworkPolicy shop/redis  first:policies/redis.yaml:3\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheWorkingTreeIsASideToo()
    {
        _repository.File("policies/redis.yaml", DiffTests.Policy("{app: cart}", 6379));
        var result = PolicycProcess.Run(["diff", "HEAD", "--with", "cluster.yaml", "--", "policies"], "", _repository.Path);
        Assert.StartsWith("narrowed  TCP 6379  allowed -> denied\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutPathsTheWholeDirectoryIsCompared()
    {
        var result = PolicycProcess.Run(["diff", "first..HEAD"], "", _repository.Path);
        Assert.Contains("1 difference: 1 widened", result.Output, StringComparison.Ordinal);
        var below = PolicycProcess.Run(["diff", "first..HEAD", "--with", "../cluster.yaml", "--", "redis.yaml"], "", Path.Combine(_repository.Path, "policies"));
        Assert.Contains("1 difference: 1 widened", below.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void APathThatNeitherHasIsAnError()
    {
        var result = PolicycProcess.Run(["diff", "first..HEAD", "--with", "cluster.yaml", "--", "polices"], "", _repository.Path);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("error NP0052: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatBothSidesHaveMayLieBelowThePathsToo()
    {
        var result = PolicycProcess.Run(["diff", "first:policies", ".", "--with", "cluster.yaml"], "", _repository.Path);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public void APathThatOneRevisionLacksIsAWarning()
    {
        _repository.File("more/extra.yaml", DiffTests.Policy("{}", 1).Replace("name: redis", "name: extra", StringComparison.Ordinal));
        _repository.Commit("third");
        var result = PolicycProcess.Run(["diff", "first..HEAD", "--with", "cluster.yaml", "-v", "--", "more"], "", _repository.Path);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning NP0052: revision 'first' has no YAML or JSON file at 'more'", result.Error, StringComparison.Ordinal);
        Assert.Contains("narrowed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownRevisionIsAFinding()
    {
        var result = PolicycProcess.Run(["diff", "gone..HEAD", "--with", "cluster.yaml", "--", "policies"], "", _repository.Path);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("error NP0051: 'gone' names no revision", result.Error, StringComparison.Ordinal);
        Assert.Contains("error NP0051: 'gone...HEAD' names no revision", PolicycProcess.Run(["diff", "gone...HEAD", "--", "policies"], "", _repository.Path).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OutsideOfARepositoryGitSaysSo()
    {
        using var folder = new TemporaryFolder();
        var result = PolicycProcess.Run(["diff", "a..b", "--", "policies"], "", folder.Path);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("error NP0050: git cannot read 'a'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ALinkIsLeftOutAndNamed()
    {
        File.CreateSymbolicLink(Path.Combine(_repository.Path, "policies", "link.yaml"), "redis.yaml");
        _repository.Commit("link");
        var result = PolicycProcess.Run(["diff", "first..HEAD", "--with", "cluster.yaml", "--", "policies"], "", _repository.Path);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning NP0053: 'HEAD:policies/link.yaml' is a symbolic link", result.Error, StringComparison.Ordinal);
    }
}
