using System.Text.Json;
using System.Text.RegularExpressions;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Ci.Tests;

/// <summary>No package has a schema of Azure Pipelines, so its structure is checked by what Microsoft documents.</summary>
public sealed partial class AzureTemplateTests
{
    private const string Template = "ci/azure/policyc.yml";

    /// <summary>The inputs of the tasks that are used.</summary>
    private static readonly Dictionary<string, string[]> Tasks = new(StringComparer.Ordinal)
    {
        ["UseDotNet@2"] = ["packageType", "useGlobalJson", "workingDirectory", "version", "vsVersion", "includePreviewVersions", "installationPath", "performMultiLevelLookup"],
        ["PublishTestResults@2"] = ["testResultsFormat", "testResultsFiles", "searchFolder", "mergeTestResults", "failTaskOnFailedTests", "failTaskOnMissingResultsFile", "testRunTitle"],
        ["PublishBuildArtifacts@1"] = ["PathtoPublish", "ArtifactName", "publishLocation", "MaxArtifactSize", "TargetPath", "Parallel", "ParallelCount", "StoreAsTar"],
    };

    [Fact]
    public void ItIsATemplateOfSteps()
    {
        var template = YamlDocument.Read(Template);
        Assert.Equal(["parameters", "steps"], template.Names());
        Assert.All(template.Items("parameters"), p =>
        {
            Assert.Subset(new HashSet<string> { "name", "type", "default", "values", "displayName" }, p.Names().ToHashSet());
            Assert.Equal("string", p.Text("type"));
            Assert.Equal(JsonValueKind.String, p.GetProperty("default").ValueKind);
        });
        Assert.All(template.Items("steps"), s =>
        {
            Assert.Single(s.Names(), n => n is "task" or "bash");
            Assert.Subset(new HashSet<string> { "task", "bash", "displayName", "condition", "env", "inputs", "workingDirectory" }, s.Names().ToHashSet());
            if (s.Text("task") is { } task)
            {
                Assert.Subset(Tasks[task].ToHashSet(), s.GetProperty("inputs").Names().ToHashSet());
            }
        });
    }

    [Fact]
    public void ParametersThatAreNamedExistAndAreUsedOutsideOfScriptsOnly()
    {
        var template = YamlDocument.Read(Template);
        var named = Parameter().Matches(File.ReadAllText(Path.Combine(Repository.Root, Template))).Select(m => m.Groups[1].Value);
        Assert.Equal(template.Items("parameters").Select(p => p.Text("name")!).Order(StringComparer.Ordinal), named.Distinct().Order(StringComparer.Ordinal));
        Assert.All(template.Items("steps").Select(s => s.Text("bash")).OfType<string>(), s => Assert.DoesNotContain("${{", s, StringComparison.Ordinal));
    }

    [Fact]
    public void ItsScriptsWriteTheArtifactAndNameTheSummary()
    {
        using var job = new CiSandbox();
        job.File("policies/web.flow", "test \"web\" {\n  allow from world to pod default/web on TCP 80\n}\n");
        var template = YamlDocument.Read(Template);
        var defaults = template.Items("parameters").ToDictionary(p => p.Text("name")!, p => p.Text("default")!);
        defaults["verify"] = "none";
        defaults["script"] = CiSandbox.Script;
        var output = "";
        foreach (var step in template.Items("steps").Where(s => s.Text("bash") is not null))
        {
            foreach (var variable in step.GetProperty("env").EnumerateObject())
            {
                var value = Parameter().Replace(variable.Value.GetString()!, m => defaults[m.Groups[1].Value]);
                job.Variables[variable.Name] = value.Replace("$(Agent.TempDirectory)", job.Root, StringComparison.Ordinal);
            }

            var result = job.Run("bash", "--noprofile", "--norc", "-c", step.Text("bash")!);
            Assert.True(result.ExitCode == 0, result.Error);
            output += result.Output;
        }

        Assert.Contains($"##vso[task.uploadsummary]{job.Root}/policyc/policyc.md\n", output, StringComparison.Ordinal);
        Assert.Equal(["policyc-junit.xml", "policyc.md", "policyc.sarif"], Directory.EnumerateFiles(Path.Combine(job.Root, "policyc")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\$\{\{ *parameters\.([a-z]+) *\}\}")]
    private static partial Regex Parameter();
}
