using System.Runtime.Versioning;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace PolicyCompiler.MSBuild.Tests;

/// <summary>The task alone: a stand-in for policyc prints what it was told and what a test wants to read.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CompilePoliciesTests
{
    [Fact]
    public void FindingsHaveFileLineColumnCodeAndHelpLink()
    {
        var (engine, succeeded) = Run(
            """
            echo '/p/my policies/a (1).yaml(12,7): error NP2003: the "port" is wrong: {0}' >&2
            echo '  a line of the verifier log' >&2
            echo 'policyc: warning NP5020: unverified' >&2
            echo 'policyc: info NP2001: no pods' >&2
            exit 1
            """);
        Assert.False(succeeded);
        var error = Assert.Single(engine.Errors);
        Assert.Equal(
            ("/p/my policies/a (1).yaml", 12, 7, "NP2003", "the \"port\" is wrong: {0}", "file:///docs/NP2003.md"),
            (error.File, error.LineNumber, error.ColumnNumber, error.Code, error.Message, error.HelpLink));
        var warning = Assert.Single(engine.Warnings);
        Assert.Equal(("policyc", 0, "NP5020", "file:///docs/NP5020.md"), (warning.File, warning.LineNumber, warning.Code, warning.HelpLink));
        Assert.Contains(engine.Messages, m => m is { Code: "NP2001", Importance: MessageImportance.Normal });
        Assert.Contains(engine.Messages, m => m.Message == "  a line of the verifier log" && m.Importance == MessageImportance.High);
    }

    [Fact]
    public void AWarningIsAnErrorWhereThatWasAskedFor()
    {
        var (engine, succeeded) = Run("echo 'policyc: warning NP5020: unverified' >&2; exit 1", t => t.WarningsAsErrors = true);
        Assert.False(succeeded);
        Assert.Empty(engine.Warnings);
        Assert.Equal("NP5020", Assert.Single(engine.Errors).Code);
    }

    [Fact]
    public void AnEndWithoutAFindingIsAnErrorToo()
    {
        var (engine, succeeded) = Run("echo 'You must install .NET' >&2; exit 150");
        Assert.False(succeeded);
        Assert.Contains("150", Assert.Single(engine.Errors).Message, StringComparison.Ordinal);
        Assert.Contains(engine.Messages, m => m.Message == "You must install .NET" && m.Importance == MessageImportance.High);
    }

    [Theory]
    [InlineData("Require", "kernel")]
    [InlineData("whenavailable", "when-available")]
    [InlineData("None", "none")]
    public void ArgumentsAreAsTheCommandLineReadsThem(string mode, string word)
    {
        var (engine, succeeded) = Run("""tr '\n' '|' <"${1#@}" """, task =>
        {
            task.Policies = [new TaskItem("/p/a b.yaml"), new TaskItem("/p/c.yaml"), new TaskItem("/p/./c.yaml")];
            task.Verification = mode;
            task.TargetKernels = ["5.10"];
            task.DnsRecords = "names.json";
            task.WarningsAsErrors = true;
            task.AdditionalArguments = "--ipblock-matches-pods \"x y\"";
        });
        Assert.True(succeeded);
        Assert.Contains(
            $"\"compile\"|\"/p/a b.yaml\"|\"/p/c.yaml\"|\"--root\"|\"/p\"|\"--output\"|\"/out\"|\"--no-color\"|\"--verify\"|\"{word}\"|\"--target-kernel\"|\"5.10\"|\"--dns-records\"|\"names.json\"|\"--warnaserror\"|--ipblock-matches-pods \"x y\"|",
            engine.Messages.Select(m => m.Message));
    }

    [Fact]
    public void ConditionsBeyondTheCompileAreArgumentsToo()
    {
        var (engine, succeeded) = Run("""tr '\n' '|' <"${1#@}" """, task =>
        {
            task.Policies = [new TaskItem("/p/policies/a.yaml"), Shared("/elsewhere/cluster.yaml")];
            task.Assertions = [new TaskItem("/p/intent.flow")];
            task.Lint = true;
            task.LintConfiguration = "/p/.policyc.yaml";
            task.Against = "origin/main...";
            task.AgainstPaths = ["policies", "more"];
            task.FailOn = ["widened", "added"];
            task.Allow = "tolerated.txt";
        });
        Assert.True(succeeded);
        Assert.Contains(
            engine.Messages.Select(m => m.Message),
            m => m!.StartsWith("\"compile\"|\"/p/policies/a.yaml\"|\"--root\"|", StringComparison.Ordinal) && m.EndsWith(
                "|\"--assertions\"|\"/p/intent.flow\"|\"--lint\"|\"--config\"|\"/p/.policyc.yaml\"|\"--against\"|\"origin/main...:policies\"|\"--against\"|\"origin/main...:more\"|\"--with\"|\"/elsewhere/cluster.yaml\"|\"--fail-on\"|\"widened\"|\"--fail-on\"|\"added\"|\"--allow\"|\"tolerated.txt\"||",
                StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("main:policies")]
    [InlineData("/")]
    public void WithoutARevisionOfItsPathsEveryPlaceIsFine(string against) => Assert.True(Run("exit 0", t =>
    {
        t.Policies = [new TaskItem("/elsewhere/a.yaml")];
        t.Against = against;
        t.AgainstPaths = ["policies"];
    }).Succeeded);

    [Theory]
    [InlineData("/elsewhere/a.yaml")]
    [InlineData("/p/policies-2/a.yaml")]
    [InlineData("/p/policies/../a.yaml")]
    public void APolicyThatTheRevisionIsNotAskedForIsAnError(string policy)
    {
        var (engine, succeeded) = Run("exit 0", t =>
        {
            t.Policies = [new TaskItem("/p/policies/b.yaml"), new TaskItem(policy)];
            t.Against = "main";
            t.AgainstPaths = ["policies"];
        });
        Assert.False(succeeded);
        var error = Assert.Single(engine.Errors);
        Assert.Equal(Path.GetFullPath(policy), error.File);
        Assert.StartsWith("revision 'main' is asked for policies only: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main", "policies/experimental/b.yaml")]
    [InlineData("main", "policies/.hidden/b.YML")]
    [InlineData("main:policies", "policies/b.json")]
    [InlineData("main...:policies/", "policies/b.json")]
    public void AFileOfThePathsThatTheProjectDoesNotListIsAnError(string against, string file)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, file);
        var (engine, succeeded) = RunIn(folder, against);
        Assert.False(succeeded);
        var error = Assert.Single(engine.Errors);
        Assert.Equal(path, error.File);
        Assert.StartsWith($"revision '{against}' is asked for the directory of this file, which is no NetworkPolicy item", error.Message, StringComparison.Ordinal);
        Assert.True(RunIn(folder, against, Shared(path)).Succeeded);
    }

    [Theory]
    [InlineData("", "policies/b.yaml")]
    [InlineData("old", "policies/b.yaml")]
    [InlineData("main:elsewhere", "elsewhere/b.yaml")]
    [InlineData("main", "policies-2/b.yaml")]
    [InlineData("main", "policies/b.txt")]
    [InlineData("main", "policies/.policyc.yaml")]
    [InlineData("main", "policies/obj/b.json")]
    [InlineData("main", "policies/bundle/manifest.json", "policies/bundle/maps.bin")]
    public void WhatTheOldSideDoesNotReadNeedsNoItem(string against, params string[] files)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "old"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "policies"));
        foreach (var file in files)
        {
            Write(folder, file);
        }

        File.CreateSymbolicLink(Path.Combine(folder.Path, "policies", "link"), folder.Path);
        Assert.True(RunIn(folder, against).Succeeded);
    }

    [Fact]
    public void PoliciesThatAreAllOnBothSidesAreNothingToCompare()
    {
        var (engine, succeeded) = Run("exit 0", t =>
        {
            t.Policies = [Shared("/p/cluster.yaml")];
            t.Against = "main";
            t.AgainstPaths = ["policies"];
        });
        Assert.False(succeeded);
        Assert.StartsWith("PolicyCompilerAgainst is 'main', and every NetworkPolicy item is on both sides", Assert.Single(engine.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAConfigurationLintLooksForNone()
    {
        var (engine, succeeded) = Run("""tr '\n' '|' <"${1#@}" """, t => t.Lint = true);
        Assert.True(succeeded);
        Assert.Contains(engine.Messages, m => m.Message!.EndsWith("|\"--lint\"|\"--config\"|\"none\"||", StringComparison.Ordinal));
    }

    [Fact]
    public void AVerificationModeThatIsNoneOfThemIsAnError()
    {
        var (engine, succeeded) = Run("exit 0", t => t.Verification = "Perhaps");
        Assert.False(succeeded);
        Assert.Equal("PolicyCompilerVerification is 'Perhaps'; it can be Require, WhenAvailable, None", Assert.Single(engine.Errors).Message);
    }

    private static TaskItem Shared(string path)
    {
        var item = new TaskItem(path);
        item.SetMetadata("OnBothSides", "true");
        return item;
    }

    private static string Write(TemporaryFolder folder, string name)
    {
        var path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }

    /// <summary>A project that lists <c>policies/a.yaml</c> and the items.</summary>
    private static (RecordingBuildEngine Engine, bool Succeeded) RunIn(TemporaryFolder folder, string against, params ITaskItem[] items)
    {
        var policy = Write(folder, "policies/a.yaml");
        return Run("exit 0", t =>
        {
            t.RootDirectory = folder.Path;
            t.Policies = [new TaskItem(policy), .. items];
            t.Against = against;
            t.AgainstPaths = ["policies"];
            t.OutputDirectories = [new TaskItem(Path.Combine(folder.Path, "policies", "obj") + "/")];
        });
    }

    private static (RecordingBuildEngine Engine, bool Succeeded) Run(string script, Action<CompilePolicies>? set = null)
    {
        using var folder = new TemporaryFolder();
        var tool = Path.Combine(folder.Path, "policyc");
        File.WriteAllText(tool, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var engine = new RecordingBuildEngine();
        var task = new CompilePolicies
        {
            BuildEngine = engine,
            Policies = [new TaskItem("/p/a.yaml")],
            RootDirectory = "/p",
            BundleDirectory = "/out",
            CompilerPath = tool,
            HelpUrl = "file:///docs/",
        };
        set?.Invoke(task);
        return (engine, task.Execute());
    }
}
