using System.Diagnostics;
using System.Text.Json;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Ci.Tests;

/// <summary>Every log that policyc writes is SARIF 2.1.0.</summary>
public sealed class SarifSchemaTests
{
    private static readonly PublishedSchema Schema = new("sarif-2.1.0.json");

    public static TheoryData<string> InvalidCases => [.. Directory.EnumerateFileSystemEntries(Repository.CasePath("invalid")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(InvalidCases))]
    public void FindingsInFiles(string name) => Schema.Accepts(Log(Repository.CasePath($"invalid/{name}"), "--verify", "none"));

    [Fact]
    public void NoFindings() => Schema.Accepts(Log(Repository.CasePath("online-boutique"), "--verify", "none"));

    [Fact]
    public void AVerdictOfTheKernel()
    {
        KernelRequirement.Require();
        Schema.Accepts(Log(Repository.CasePath("online-boutique")));
    }

    [Theory]
    [InlineData("no-such-file")]
    [InlineData("--misspelt")]
    public void FindingsWithoutAPlace(string argument) => Schema.Accepts(Log(argument));

    [Fact]
    public void ADoctor() => Schema.Accepts(Run("doctor"));

    [Fact]
    public void TheSchemaIsNotTakenByEverything() =>
        Assert.NotEmpty(Schema.ProblemsOf(JsonSerializer.SerializeToElement(new { version = "2.1.0", runs = new[] { new { tool = new { driver = new { } } } } })));

    [Theory]
    [InlineData("github-action.json", """{"name":"a","description":"b","runs":{"using":"composite","steps":[{"shell":"bash"}]}}""")]
    [InlineData("gitlab-ci.json", """{"job":{"script":"true","artifacts":{"when":"sometimes"}}}""")]
    public void TheOtherSchemasAreNotEither(string schema, string document) =>
        Assert.NotEmpty(new PublishedSchema(schema).ProblemsOf(JsonDocument.Parse(document).RootElement));

    private static JsonElement Log(params string[] arguments) => Run(["compile", .. arguments]);

    private static JsonElement Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "policyc"), [.. arguments, "--format", "sarif"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _ = process.StandardError.ReadToEndAsync();
        return JsonDocument.Parse(process.StandardOutput.ReadToEnd()).RootElement;
    }
}
