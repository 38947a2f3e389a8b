namespace PolicyCompiler.MSBuild.Tests;

/// <summary>The package in a fresh project, as its users have it.</summary>
public sealed class BuildTests(PackedFeed feed)
{
    [Fact]
    public void BuildsGoodPoliciesOnceRefusesBadOnesAndRecovers()
    {
        using var project = new PolicyProject(feed);
        Succeed(project.Build());
        Assert.True(project.Has("bin/Debug/net10.0/App.policies/manifest.json"));
        Assert.Contains("\"path\": \"policies/cluster/pods.yaml\"", project.Read($"{project.Bundle}/manifest.json"), StringComparison.Ordinal);
        var compiled = project.CompiledAt();

        var second = Succeed(project.Build("-v:detailed"));
        Assert.True(second.Has("Skipping target \"CompileNetworkPolicies\" because all output files are up-to-date"), second.Output);
        Assert.Equal(compiled, project.CompiledAt());

        project.Write("policies/policy.yaml", PolicyProject.Policy.Replace("port: 80", "prt: 80", StringComparison.Ordinal));
        var bad = project.Build();
        Assert.Equal(1, bad.ExitCode);
        Assert.True(bad.Has($"{project.PathOf("policies/policy.yaml")}(8,14): error NP1050: "), bad.Output);
        Assert.False(bad.Has("MSB"), bad.Output);
        Assert.Equal(compiled, project.CompiledAt());
        Assert.Equal(1, project.Build().ExitCode);

        project.Write("policies/policy.yaml", PolicyProject.Policy);
        Succeed(project.Build());
        Assert.NotEqual(compiled, project.CompiledAt());
    }

    [Fact]
    public void ADeletedPolicyAndAChangedPropertyCompileAgainAndCleanCleans()
    {
        using var project = new PolicyProject(feed);
        project.Write("policies/second.yaml", PolicyProject.Policy.Replace("name: web", "name: second", StringComparison.Ordinal));
        Succeed(project.Build());
        Assert.Contains("policies/second.yaml", project.Read($"{project.Bundle}/manifest.json"), StringComparison.Ordinal);

        File.Delete(project.PathOf("policies/second.yaml"));
        Succeed(project.Build("--no-restore"));
        Assert.DoesNotContain("policies/second.yaml", project.Read($"{project.Bundle}/manifest.json"), StringComparison.Ordinal);
        Assert.DoesNotContain("policies/second.yaml", project.Read("bin/Debug/net10.0/App.policies/manifest.json"), StringComparison.Ordinal);

        Succeed(project.Build("--no-restore", "-p:PolicyCompilerAdditionalArguments=--ipblock-matches-pods", "-p:PolicyCompilerVerification=None"));
        Assert.Contains("\"ipBlockMatchesPods\": true", project.Read($"{project.Bundle}/manifest.json"), StringComparison.Ordinal);
        Assert.Contains("\"unverified\"", project.Read($"{project.Bundle}/manifest.json"), StringComparison.Ordinal);

        Succeed(project.DotNet("clean", "-nologo"));
        Assert.False(Directory.Exists(project.PathOf("obj/Debug/net10.0/policyc")));
        Assert.False(Directory.Exists(project.PathOf("bin/Debug/net10.0/App.policies")));
    }

    [Fact]
    public void PublishCopiesTheBundleAlsoWithoutABuildOfItsOwn()
    {
        using var project = new PolicyProject(feed, "<TargetFramework>net10.0</TargetFramework><PolicyCompilerBundleName>policies.bundle</PolicyCompilerBundleName>");
        Succeed(project.DotNet("publish", "-nologo", "-c", "Debug", "-o", "published"));
        Assert.Equal(BundleFiles(project, project.Bundle), BundleFiles(project, "published/policies.bundle"));
        Assert.False(project.Has("published/policies/policy.yaml"));
        var compiled = project.CompiledAt();

        Succeed(project.DotNet("publish", "-nologo", "-c", "Debug", "-o", "again", "--no-build"));
        Assert.Equal(BundleFiles(project, project.Bundle), BundleFiles(project, "again/policies.bundle"));
        Assert.Equal(compiled, project.CompiledAt());
    }

    [Fact]
    public void EachTargetFrameworkOfAParallelBuildHasItsBundleAndAReferencingProjectGetsIt()
    {
        using var project = new PolicyProject(feed, "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>");
        project.Write("../user/User.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../my project/App.csproj" /></ItemGroup>
            </Project>
            """);
        var result = Succeed(project.DotNet("build", "../user", "-nologo", "-m:2"));
        Assert.True(project.Has("../user/bin/Debug/net10.0/App.policies/manifest.json"), result.Output);
        result = Succeed(project.DotNet("build", "App.csproj", "-nologo", "-m:2"));
        Assert.True(project.Has("bin/Debug/net10.0/App.policies/manifest.json"), result.Output);
        Assert.True(project.Has("bin/Debug/netstandard2.0/App.policies/manifest.json"), result.Output);

        File.Delete(project.PathOf($"{project.Bundle}/manifest.json"));
        Succeed(project.DotNet("build", "App.csproj", "-nologo", "--no-restore", "-t:CompileNetworkPolicies"));
        Assert.True(project.Has($"{project.Bundle}/manifest.json"));
    }

    [Fact]
    public void ADesignTimeBuildDoesNothing()
    {
        using var project = new PolicyProject(feed);
        project.Write("policies/policy.yaml", "kind: Nonsense\n");
        Succeed(project.DotNet("restore", "-nologo"));
        var result = Succeed(project.DotNet(
            "msbuild", "-nologo", "-t:ResolveAssemblyReferences;Compile;AssignTargetPaths;GetCopyToOutputDirectoryItems",
            "-p:DesignTimeBuild=true", "-p:BuildingProject=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true"));
        Assert.False(result.Has("NP"), result.Output);
        Assert.False(Directory.Exists(project.PathOf("obj/Debug/net10.0/policyc")));
    }

    [Fact]
    public void WithoutPrivilegeTheVerificationModeDecides()
    {
        using var project = new PolicyProject(feed);
        var result = Succeed(project.BuildUnprivileged([]));
        Assert.True(result.Has("policyc : warning NP5020: the programs were not shown to a kernel verifier"), result.Output);
        Assert.Contains("\"unverified\"", project.Read($"{project.Bundle}/manifest.json"), StringComparison.Ordinal);

        result = project.BuildUnprivileged(["--no-restore"], ("CI", "true"));
        Assert.Equal(1, result.ExitCode);
        Assert.True(result.Has("policyc : error NP5002: "), result.Output);

        result = project.BuildUnprivileged(["--no-restore", "-p:PolicyCompilerWarningsAsErrors=true"]);
        Assert.Equal(1, result.ExitCode);
        Assert.True(result.Has("policyc : error NP5020: "), result.Output);

        result = Succeed(project.BuildUnprivileged(["--no-restore", "-p:PolicyCompilerVerification=None"], ("CI", "true")));
        Assert.False(result.Has("warning"), result.Output);
    }

    private static CommandProcess.Result Succeed(CommandProcess.Result result)
    {
        Assert.True(result.ExitCode == 0, result.Output);
        return result;
    }

    private static string[] BundleFiles(PolicyProject project, string directory) =>
        [.. Directory.EnumerateFiles(project.PathOf(directory), "*", SearchOption.AllDirectories)
            .Select(f => $"{Path.GetRelativePath(project.PathOf(directory), f)} {new FileInfo(f).Length}").Order(StringComparer.Ordinal)];
}
