using System.Text.RegularExpressions;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Ci.Tests;

public sealed partial class GitHubActionTests
{
    private const string Template = "ci/github/action.yml";

    [Fact]
    public void ItFitsTheSchemaOfActions() => new PublishedSchema("github-action.json").Accepts(YamlDocument.Read(Template));

    [Fact]
    public void InputsAndStepsThatAreNamedExistAndAreUsed()
    {
        var action = YamlDocument.Read(Template);
        var text = File.ReadAllText(Path.Combine(Repository.Root, Template));
        var named = Input().Matches(text).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(action.GetProperty("inputs").Names().Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        var steps = action.GetProperty("runs").Items("steps").Select(s => s.Text("id")).OfType<string>().ToList();
        Assert.All(Step().Matches(text), m => Assert.Contains(m.Groups[1].Value, steps));
    }

    /// <summary>An expression in the text of a script is replaced before the shell sees it: a path could be a command.</summary>
    [Fact]
    public void NoInputIsPartOfAScript() => Assert.All(
        YamlDocument.Read(Template).GetProperty("runs").Items("steps").Select(s => s.Text("run")).OfType<string>(),
        script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));

    [Fact]
    public void ItsScriptRunsFromTheActionsFolder()
    {
        using var job = new CiSandbox();
        var step = YamlDocument.Read(Template).GetProperty("runs").Items("steps").Single(s => s.Text("id") == "policyc");
        var inputs = YamlDocument.Read(Template).GetProperty("inputs");
        foreach (var variable in step.GetProperty("env").EnumerateObject())
        {
            var input = Input().Match(variable.Value.GetString()!).Groups[1].Value;
            job.Variables[variable.Name] = input switch { "paths" => "policies", "verify" => "none", _ => inputs.GetProperty(input).Text("default") ?? "" };
        }

        job.Variables["GITHUB_ACTION_PATH"] = Path.Combine(Repository.Root, "ci", "github");
        job.Variables["GITHUB_OUTPUT"] = Path.Combine(job.Checkout, "outputs");
        job.Variables["GITHUB_STEP_SUMMARY"] = Path.Combine(job.Checkout, "summary.md");
        Assert.Equal(0, job.Run("bash", "-eo", "pipefail", "-c", step.Text("run")!).ExitCode);
        Assert.Equal("exit-code=0\nsarif=policyc.sarif\n", job.Read("outputs"));
        Assert.StartsWith("### policyc compile: passed\n", job.Read("summary.md"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"inputs\.([a-z-]+)")]
    private static partial Regex Input();

    [GeneratedRegex(@"steps\.([a-z-]+)\.")]
    private static partial Regex Step();
}
