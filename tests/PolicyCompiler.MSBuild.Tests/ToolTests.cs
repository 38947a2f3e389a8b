namespace PolicyCompiler.MSBuild.Tests;

/// <summary>The .NET tool, installed from the packed file.</summary>
public sealed class ToolTests(PackedFeed feed)
{
    [Fact]
    public void InstalledIntoAnEmptyPathItDoesTheMainJob()
    {
        KernelRequirement.Require();
        using var folder = new TemporaryFolder();
        var tool = Install(folder);
        var result = CommandProcess.Succeed(Repository.Root, tool, ["compile", "policies/online-boutique", "-o", Path.Combine(folder.Path, "out")]);
        Assert.EndsWith("accepted by the kernel verifier\n", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "out", "manifest.json")));
        Assert.Equal(feed.Version, CommandProcess.Succeed(folder.Path, tool, ["--version"]).Output.Trim());
    }

    [Theory]
    [InlineData("libLLVM", "NP4001", "libllvm19")]
    [InlineData("libbpf", "NP5001", "libbpf1")]
    public void AMissingNativeLibraryIsNamedWithItsPackage(string library, string code, string package)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "hiding a library takes a mount namespace, and that root");
        using var folder = new TemporaryFolder();
        var tool = Install(folder);
        var hide = $"for f in /usr/lib/*-linux-gnu/{library}*.so*; do mount --bind /dev/null \"$f\"; done; exec \"$0\" \"$@\"";
        var result = CommandProcess.Run(Repository.Root, "unshare", ["--mount", "sh", "-c", hide, tool, "compile", "policies/dual-stack"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"policyc: error {code}: ", result.Output, StringComparison.Ordinal);
        Assert.Contains($"apt-get install {package}", result.Output, StringComparison.Ordinal);
    }

    private string Install(TemporaryFolder folder)
    {
        var configuration = Path.Combine(folder.Path, "nuget.config");
        File.WriteAllText(configuration, feed.Configuration);
        var path = Path.Combine(folder.Path, "tools");
        CommandProcess.Succeed(folder.Path, "dotnet", ["tool", "install", "policyc", "--version", feed.Version, "--tool-path", path, "--configfile", configuration]);
        return Path.Combine(path, "policyc");
    }
}
