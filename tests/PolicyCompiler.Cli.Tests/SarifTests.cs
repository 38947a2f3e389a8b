using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

/// <summary>What code hosts read; that it is SARIF at all is checked against the schema by PolicyCompiler.Ci.Tests.</summary>
public sealed class SarifTests
{
    private const string Wrong = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec:
          podSelector: {}
          ingress:
          - ports: [{prt: 80}]
          - ports: [{prt: 80}]
        """;

    [Fact]
    public void AFindingStandsOnItsLineRelativeToTheCheckout()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, ".git"));
        var inner = Directory.CreateDirectory(Path.Combine(folder.Path, "deploy", "a b")).FullName;
        File.WriteAllText(Path.Combine(inner, "p#1.yaml"), Wrong);
        var run = RunOf(PolicycProcess.Run(["compile", "p#1.yaml", "--format", "sarif"], "", inner));
        Assert.Equal("utf16CodeUnits", run.GetProperty("columnKind").GetString());
        var result = run.GetProperty("results")[0];
        var location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("""{"uri":"deploy/a%20b/p%231.yaml","uriBaseId":"%SRCROOT%"}""", Compact(location.GetProperty("artifactLocation")));
        Assert.Equal("""{"startLine":7,"startColumn":14,"endColumn":17}""", Compact(location.GetProperty("region")));
        Assert.Equal("error", result.GetProperty("level").GetString());
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal(result.GetProperty("ruleId").GetString(), rule.GetProperty("id").GetString());
        Assert.Contains("## How to mend it", rule.GetProperty("help").GetProperty("markdown").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain('#', rule.GetProperty("fullDescription").GetProperty("text").GetString()!);
        Assert.False(rule.TryGetProperty("helpUri", out _));
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(1, run.GetProperty("invocations")[0].GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public void ColumnsCountUtf16Units()
    {
        using var folder = new TemporaryFolder();
        var text = Wrong.Replace("{name: web}", "{annotations: {a: \"\U0001D4B3\"}, name: web, nam: x}", StringComparison.Ordinal);
        var run = RunOf(PolicycProcess.Run(["compile", folder.File("p.yaml", text), "--format", "sarif"], "", folder.Path));
        Assert.Equal(
            """{"startLine":3,"startColumn":47,"endColumn":50}""",
            Compact(run.GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region")));
    }

    [Fact]
    public void AFileOutsideOfTheCheckoutIsAbsolute()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        var run = RunOf(PolicycProcess.Run(["compile", folder.File("p.yaml", Wrong), "--format", "sarif"], "", elsewhere.Path));
        var artifact = run.GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");
        Assert.Equal($$"""{"uri":"file://{{folder.Path}}/p.yaml"}""", Compact(artifact));
    }

    [Fact]
    public void FingerprintsSurviveNewLinesAboveAndTellEqualLinesApart()
    {
        using var folder = new TemporaryFolder();
        var before = Fingerprints(folder, Wrong);
        Assert.Equal(2, before.Distinct().Count());
        Assert.Equal(before, Fingerprints(folder, $"# a comment\n\n{Wrong}"));
        Assert.NotEqual(before, Fingerprints(folder, Wrong.Replace("prt", "pprt", StringComparison.Ordinal)));
    }

    [Fact]
    public void TheFileHasTheSameBytesOnEveryRunAndTheConsoleKeepsItsText()
    {
        using var folder = new TemporaryFolder();
        var policy = folder.File("p.yaml", Wrong);
        var logs = new List<byte[]>();
        for (var i = 0; i < 2; i++)
        {
            var result = PolicycProcess.Run("compile", policy, "--sarif", Path.Combine(folder.Path, "out.sarif"));
            Assert.Contains("2 errors; nothing was written", result.Output, StringComparison.Ordinal);
            Assert.Contains($"{policy}(7,14): error", result.Error, StringComparison.Ordinal);
            logs.Add(File.ReadAllBytes(Path.Combine(folder.Path, "out.sarif")));
        }

        Assert.Equal(logs[0], logs[1]);
        Assert.Equal(["out.sarif", "p.yaml"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(2, "NP0000", "compile")]
    [InlineData(2, "NP0000", "explain", "CASE", "--misspelt")]
    [InlineData(1, "NP0001", "connectivity", "no-such-file")]
    [InlineData(1, "NP0020", "explain", "CASE", "--flows", "no-such-file")]
    [InlineData(1, "NP7003", "dump", "CASE")]
    [InlineData(0, "NP5020", "compile", "CASE", "--verify", "none")]
    public void AFindingWithoutAPlaceIsANotification(int exitCode, string code, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "out.sarif");
        var result = PolicycProcess.Run([.. arguments.Select(a => a == "CASE" ? Repository.CasePath("online-boutique") : a), "--sarif", file, "--format", "sarif"]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(File.ReadAllText(file), result.Output);
        var run = RunOf(result);
        Assert.Equal(0, run.GetProperty("results").GetArrayLength());
        var invocation = run.GetProperty("invocations")[0];
        Assert.Equal(exitCode < 2, invocation.GetProperty("executionSuccessful").GetBoolean());
        var note = invocation.GetProperty("toolConfigurationNotifications").EnumerateArray().Concat(invocation.GetProperty("toolExecutionNotifications").EnumerateArray()).First();
        var descriptor = run.GetProperty("tool").GetProperty("driver").GetProperty("notifications")[note.GetProperty("descriptor").GetProperty("index").GetInt32()];
        Assert.Equal((code, code), (note.GetProperty("descriptor").GetProperty("id").GetString(), descriptor.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("connectivity", "CASE")]
    [InlineData("explain", "CASE", "--from", "shop/cart", "--to", "shop/redis", "--port", "6379")]
    [InlineData("doctor")]
    public void TheLogIsAllOfStandardOutput(params string[] arguments) =>
        RunOf(PolicycProcess.Run([.. arguments.Select(a => a == "CASE" ? Repository.CasePath("online-boutique") : a), "--format", "sarif"]));

    [Theory]
    [InlineData("--sarif")]
    [InlineData("--code-quality")]
    [InlineData("--summary")]
    public void AReportThatCannotBeWrittenFailsTheRun(string option)
    {
        var result = PolicycProcess.Run("compile", Repository.CasePath("online-boutique"), "--verify", "none", option, "/nowhere/report");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("NP0060: the report '/nowhere/report'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ALinkIsWrittenThrough()
    {
        using var folder = new TemporaryFolder();
        var target = folder.File("target", "");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link"), target);
        PolicycProcess.Run("compile", "no-such-file", "--sarif", Path.Combine(folder.Path, "link"));
        Assert.NotEmpty(File.ReadAllText(target));
    }

    [Fact]
    public void HelpIsNoRun()
    {
        using var folder = new TemporaryFolder();
        PolicycProcess.Run("compile", "--help", "--sarif", Path.Combine(folder.Path, "out.sarif"));
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static List<string> Fingerprints(TemporaryFolder folder, string text)
    {
        var result = PolicycProcess.Run(["compile", folder.File("p.yaml", text), "--format", "sarif"], "", folder.Path);
        return [.. RunOf(result).GetProperty("results").EnumerateArray().Select(r => r.GetProperty("partialFingerprints").GetProperty("policycFinding/v1").GetString()!)];
    }

    private static JsonElement RunOf(PolicycProcess.Result result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("runs")[0];

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
