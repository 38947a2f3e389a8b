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

        Directory.Move(project.PathOf("policies/cluster"), project.PathOf("moved"));
        File.Move(project.PathOf("policies/policy.yaml"), project.PathOf("moved/policy.yaml"));
        var unasked = project.Build("--no-restore");
        Assert.Equal(1, unasked.ExitCode);
        Assert.True(unasked.Has("assertions (PolicyAssertion) are to be checked, and the project has no NetworkPolicy item: "), unasked.Output);
        Assert.Equal(1, project.Build("--no-restore", "-t:CompileNetworkPolicies").ExitCode);

        Directory.Move(project.PathOf("moved"), project.PathOf("policies/cluster"));
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
        project.Write("policies/experimental/later.yaml", PolicyProject.Policy.Replace("name: web", "name: later", StringComparison.Ordinal));
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

        project.Write("App.csproj", project.Read("App.csproj").Replace("</ItemGroup>", "<NetworkPolicy Remove=\"policies/experimental/**\" /></ItemGroup>", StringComparison.Ordinal));
        var unlisted = project.Build(against);
        Assert.Equal(1, unlisted.ExitCode);
        Assert.True(unlisted.Has($"{project.PathOf("policies/experimental/later.yaml")} : error : revision 'main' is asked for the directory of this file"), unlisted.Output);

        Directory.Move(project.PathOf("policies"), project.PathOf("renamed"));
        var renamed = project.Build(against);
        Assert.Equal(1, renamed.ExitCode);
        Assert.True(renamed.Has("policies are to be compared with 'main' (PolicyCompilerAgainst), and the project has no NetworkPolicy item: "), renamed.Output);
        Succeed(project.Build("--no-restore"));
    }

    [Fact]
    public void AFlowThatWidensSinceADirectoryFailsTheBuildAndItsFilesAreInput()
    {
        using var project = new PolicyProject(feed);
        project.Write("old/policy.yaml", PolicyProject.Policy);
        project.Write("old/pods.yaml", PolicyProject.Cluster);
        project.Write("old/second.yaml", PolicyProject.Policy.Replace("name: web", "name: second", StringComparison.Ordinal));
        Succeed(project.Build("-p:PolicyCompilerAgainst=old"));
        var compiled = project.CompiledAt();
        string[] against = ["--no-restore", "-p:PolicyCompilerAgainst=old"];
        Directory.SetLastWriteTimeUtc(project.PathOf("old"), DateTime.UtcNow.AddMinutes(1));
        Succeed(project.Build(against));
        Assert.Equal(compiled, project.CompiledAt());

        File.Delete(project.PathOf("old/second.yaml"));
        Succeed(project.Build(against));
        Assert.NotEqual(compiled, project.CompiledAt());

        project.Write("old/policy.yaml", PolicyProject.Policy.Replace("port: 80", "port: 81", StringComparison.Ordinal));
        var widened = project.Build(against);
        Assert.Equal(1, widened.ExitCode);
        Assert.True(widened.Has("error NP0059: widened: "), widened.Output);
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
