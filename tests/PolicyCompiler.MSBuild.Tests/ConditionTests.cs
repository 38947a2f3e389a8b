namespace PolicyCompiler.MSBuild.Tests;

/// <summary>Assertions, lint, an earlier state and target kernels as conditions of a build, with the package in a fresh project.</summary>
public sealed class ConditionTests(PackedFeed feed)
{
    private const string Assertion = "test \"client\" {\n  allow from pod default/client to pod default/web on TCP 80\n}\n";

    [Fact]
    public void AnAssertionThatDoesNotHoldFailsTheBuildOnItsLine()
    {
        using var project = new PolicyProject(feed);
        project.Write("policies/intent/web.flow", Assertion);
        Succeed(project.Build());
        Assert.False(project.Has("bin/Debug/net10.0/policies/intent/web.flow"));
        var compiled = project.CompiledAt();

        project.Write("policies/intent/web.flow", Assertion.Replace("allow", "deny", StringComparison.Ordinal));
        var failed = project.Build("--no-restore");
        Assert.Equal(1, failed.ExitCode);
        Assert.True(failed.Has($"{project.PathOf("policies/intent/web.flow")}(2,3): error NP6101: deny from pod default/client"), failed.Output);
        Assert.False(failed.Has("MSB"), failed.Output);
        Assert.Equal(compiled, project.CompiledAt());

        File.Delete(project.PathOf("policies/intent/web.flow"));
        Succeed(project.Build("--no-restore"));
        Assert.NotEqual(compiled, project.CompiledAt());
    }

    [Fact]
    public void LintWarnsWithTheSeveritiesOfTheConfigurationAroundTheProject()
    {
        using var project = new PolicyProject(feed);
        project.Write("policies/policy.yaml", PolicyProject.Policy + "\n  - from: [{podSelector: {matchLabels: {app: client}}}]\n    ports: [{port: 80}]\n");
        var result = Succeed(project.Build());
        Assert.True(result.Has($"{project.PathOf("policies/policy.yaml")}(9,5): warning NP8001: "), result.Output);

        project.Write("../.policyc.yaml", "lint: {severity: {NP8001: error}}\n");
        result = project.Build("--no-restore");
        Assert.Equal(1, result.ExitCode);
        Assert.True(result.Has("(9,5): error NP8001: "), result.Output);

        project.Write("../.policyc.yaml", "lint: {severity: {NP8001: off}}\n");
        Assert.False(Succeed(project.Build("--no-restore")).Has("NP8001"));
        File.Delete(project.PathOf("../.policyc.yaml"));
        Assert.False(Succeed(project.Build("--no-restore", "-p:PolicyCompilerLint=false")).Has("NP8001"));
    }

    [Fact]
    public void AFlowThatWidensSinceARevisionFailsTheBuild()
    {
        using var project = new PolicyProject(feed);
        project.Git("init", "--quiet", "--initial-branch=main");
        project.Git("add", "policies");
        project.Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "first");
        string[] against = ["--no-restore", "-p:PolicyCompilerAgainst=main"];
        Succeed(project.Build("-p:PolicyCompilerAgainst=main"));
        var compiled = project.CompiledAt();
        Succeed(project.Build(against));
        Assert.Equal(compiled, project.CompiledAt());

        project.Write("policies/policy.yaml", PolicyProject.Policy.Replace("port: 80", "port: 80, endPort: 81", StringComparison.Ordinal));
        var widened = project.Build(against);
        Assert.Equal(1, widened.ExitCode);
        Assert.True(widened.Has($"{project.PathOf("policies/policy.yaml")}(7,5): error NP0059: widened: TCP 81 from default/client[Pod] to default/web[Pod]"), widened.Output);
        Succeed(project.Build([.. against, "-p:PolicyCompilerFailOn=narrowed"]));

        // What main is has changed, and no file has.
        project.Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-a", "-m", "second");
        Succeed(project.Build(against));
    }

    [Fact]
    public void TheOldestOfTheTargetKernelsDecides()
    {
        using var project = new PolicyProject(feed, "<TargetFramework>net10.0</TargetFramework><PolicyCompilerTargetKernels>6.1;5.10;6.12</PolicyCompilerTargetKernels>");
        Succeed(project.Build());
        Assert.Contains("\"targetKernel\": \"5.10\"", project.Read($"{project.Bundle}/manifest.json"), StringComparison.Ordinal);

        var wrong = project.Build("--no-restore", "-p:PolicyCompilerTargetKernels=2.6");
        Assert.Equal(1, wrong.ExitCode);
        Assert.True(wrong.Has("error NP0000: '2.6' is no kernel version"), wrong.Output);
    }

    private static CommandProcess.Result Succeed(CommandProcess.Result result)
    {
        Assert.True(result.ExitCode == 0, result.Output);
        return result;
    }
}
