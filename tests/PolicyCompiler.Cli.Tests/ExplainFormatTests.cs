using System.Text.Json;
using Json.Schema;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

/// <summary>Every answer of explain in JSON fits docs/formats/explain.json, and the schema refuses what is none.</summary>
public sealed class ExplainFormatTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", "explain.json")));

    public static TheoryData<string> CasesWithFlows =>
        [.. Repository.ValidCases.Where(c => c.StartsWith("cilium", StringComparison.Ordinal) || c is "all-kinds-together" or "services-are-translated" or "online-boutique")];

    [Theory]
    [MemberData(nameof(CasesWithFlows))]
    public void AnswersFitTheSchema(string name)
    {
        using var folder = new TemporaryFolder();
        var questions = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.CasePath(name), "flows.expect"))).RootElement.EnumerateArray()
            .Select(f => f.EnumerateObject().Where(m => m.Name is not ("verdict" or "because" or "comment")).ToDictionary(m => m.Name, m => m.Value));
        string[] arguments = ["explain", Repository.CasePath(name), "--flows", folder.File("flows.json", JsonSerializer.Serialize(questions)), "--format", "json"];
        foreach (var result in new[] { PolicycProcess.Run(arguments), PolicycProcess.Run([.. arguments, "--walk"]) })
        {
            Assert.True(result.ExitCode == 0, result.Error);
            var answer = Schema.Evaluate(JsonDocument.Parse(result.Output).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
            Assert.True(answer.IsValid, string.Join('\n', (answer.Details ?? []).Where(d => d.Errors is { Count: > 0 }).Select(d => $"{d.InstanceLocation} {string.Join(", ", d.Errors!)}")));
        }
    }

    [Theory]
    [InlineData("""{"results": [{}]}""")]
    [InlineData("""{"results": [{"from": "a", "to": "b", "protocol": "TCP", "port": 80, "verdict": "perhaps"}]}""")]
    [InlineData("""{"results": [{"from": "a", "to": "b", "protocol": "TCP", "port": 80, "verdict": "deny", "egress": {"verdict": "deny", "reason": "Rule", "tier": null, "x": 1}}]}""")]
    public void WhatIsNoAnswerDoesNotFit(string text) => Assert.False(Schema.Evaluate(JsonDocument.Parse(text).RootElement).IsValid);
}
