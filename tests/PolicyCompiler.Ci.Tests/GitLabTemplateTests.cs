using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Ci.Tests;

public sealed class GitLabTemplateTests
{
    private const string Template = "ci/gitlab/policyc.gitlab-ci.yml";

    /// <summary>The schema takes anything for a hidden job, so it is also shown under the name of one that runs.</summary>
    [Theory]
    [InlineData(".policyc")]
    [InlineData("policyc")]
    public void ItFitsTheSchemaOfGitLab(string name) => new PublishedSchema("gitlab-ci.json").Accepts(
        JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [name] = YamlDocument.Read(Template).GetProperty(".policyc") }));

    [Fact]
    public void ItsScriptWritesTheArtifactsThatItNames()
    {
        using var job = new CiSandbox();
        job.File("policies/web.flow", "test \"web\" {\n  allow from world to pod default/web on TCP 80\n}\n");
        Assert.Equal("", job.Run("sh", "-c", "git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.org commit -qm a").Error);
        Run(job, ("POLICYC_SCRIPT", CiSandbox.Script), ("POLICYC_AGAINST", "main"));
        var artifacts = YamlDocument.Read(Template).GetProperty(".policyc").GetProperty("artifacts");
        var files = artifacts.Items("paths").Concat(artifacts.GetProperty("reports").EnumerateObject().Select(r => r.Value)).Select(f => f.GetString()!).ToList();
        Assert.Equal(5, files.Count);
        Assert.All(files, f => Assert.True(job.Has(f), f));
    }

    [Fact]
    public void ASecondRunInTheSameFolderHasASummaryOfItsOwn()
    {
        using var job = new CiSandbox();
        Run(job, ("POLICYC_SCRIPT", CiSandbox.Script));
        var first = job.Read("policyc.md");
        Run(job, ("POLICYC_SCRIPT", CiSandbox.Script));
        Assert.Equal(first, job.Read("policyc.md"));
    }

    [Fact]
    public void TheScriptIsFetchedWhereTheCheckoutHasNone()
    {
        using var job = new CiSandbox();
        var repository = Path.Combine(job.Root, "repository");
        Directory.CreateDirectory(Path.Combine(repository, "ci"));
        File.Copy(CiSandbox.Script, Path.Combine(repository, "ci", "policyc-ci.sh"));
        var git = $"cd {repository} && git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.org commit -qm a && git tag v1";
        Assert.Equal("", job.Run("sh", "-c", git).Error);
        Run(job, ("POLICYC_REPOSITORY", $"file://{repository}"), ("POLICYC_REF", "v1"));
        Assert.True(job.Has("policyc.sarif"));
    }

    private static void Run(CiSandbox job, params (string Name, string Value)[] variables)
    {
        var template = YamlDocument.Read(Template).GetProperty(".policyc");
        foreach (var variable in template.GetProperty("variables").EnumerateObject())
        {
            job.Variables[variable.Name] = variable.Value.ToString();
        }

        job.Variables["POLICYC_VERIFY"] = "none";
        foreach (var (name, value) in variables)
        {
            job.Variables[name] = value;
        }

        var result = job.Run("sh", "-e", "-c", string.Join('\n', template.Items("script").Select(s => s.GetString())));
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
