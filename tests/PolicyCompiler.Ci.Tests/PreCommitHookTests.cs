using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Ci.Tests;

public sealed class PreCommitHookTests
{
    private const string Manifest = ".pre-commit-hooks.yaml";

    /// <summary>No package has a schema of hooks: the keys are those that pre-commit.com documents.</summary>
    [Fact]
    public void TheManifestNamesAnExecutableOfThisRepository()
    {
        var hook = YamlDocument.Read(Manifest).EnumerateArray().Single();
        Assert.Subset(
            new HashSet<string> { "id", "name", "entry", "language", "files", "exclude", "types", "types_or", "args", "always_run", "pass_filenames", "require_serial", "description", "stages", "verbose" },
            hook.Names().ToHashSet());
        Assert.Equal("script", hook.Text("language"));
        Assert.True(File.GetUnixFileMode(Path.Combine(Repository.Root, hook.Text("entry")!)).HasFlag(UnixFileMode.UserExecute));
        Assert.True(File.GetUnixFileMode(CiSandbox.Script).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public void WithoutDirectoriesItSaysWhereToNameThem()
    {
        using var job = new CiSandbox();
        var result = job.Run(Path.Combine(Repository.Root, "ci/pre-commit/policyc-hook"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("args: [policies]", result.Error, StringComparison.Ordinal);
    }

    /// <summary>pre-commit itself takes the hook from a repository and runs it on a commit.</summary>
    [Theory]
    [InlineData("port: 80", "policies", 0, "")]
    [InlineData("prt: 80", "policies", 1, "policies/web.yaml(6,")]
    [InlineData("port: 81", "policies", 1, "policies/web.flow(2,3): error NP6101")]
    [InlineData("port: 80, endPort: 82", "policies, --against, HEAD, --fail-on, widened", 1, "policies/web.yaml(6,13): error NP0059")]
    public void PreCommitRunsIt(string port, string arguments, int exitCode, string finding)
    {
        ToolRequirement.Require("pre-commit");
        using var job = new CiSandbox();
        var repository = Path.Combine(job.Root, "repository");
        Directory.CreateDirectory(Path.Combine(repository, "ci", "pre-commit"));
        foreach (var file in new[] { Manifest, "ci/policyc-ci.sh", "ci/pre-commit/policyc-hook" })
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(repository, file));
        }

        const string commit = "git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.org commit -qm a";
        Assert.Equal("", job.Run("sh", "-c", $"cd {repository} && {commit} && git tag v1").Error);
        job.File("policies/web.flow", "test \"web\" {\n  allow from world to pod default/web on TCP 80\n}\n");
        job.File(".pre-commit-config.yaml", $"repos: [{{repo: 'file://{repository}', rev: v1, hooks: [{{id: policyc, args: [{arguments}]}}]}}]\n");
        Assert.Equal("", job.Run("sh", "-c", commit).Error);
        job.File("policies/web.yaml", CiSandbox.Policy.Replace("port: 80", port, StringComparison.Ordinal));
        job.Variables["PRE_COMMIT_HOME"] = Path.Combine(job.Root, "pre-commit");
        var result = job.Run("pre-commit", "run", "--all-files");
        Assert.True(exitCode == result.ExitCode, result.Output + result.Error);
        Assert.Contains(finding, result.Output, StringComparison.Ordinal);
    }
}
