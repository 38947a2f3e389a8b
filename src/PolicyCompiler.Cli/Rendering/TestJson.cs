using System.Text.Json;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answers of <c>policyc test</c> for programs.</summary>
internal static class TestJson
{
    public static void Write(TestReport report, IEnumerable<Diagnostic> findings, int exitCode, Terminal terminal) => terminal.WriteJson(json =>
    {
        json.WriteNumber("exitCode", exitCode);
        WriteMembers(json, report);
        json.WriteFindings(findings);
    });

    /// <summary>The counts and the tests.</summary>
    public static void WriteMembers(Utf8JsonWriter json, TestReport report)
    {
        json.WriteNumber("passed", report.Count(AssertionOutcome.Passed));
        json.WriteNumber("failed", report.Count(AssertionOutcome.Failed));
        json.WriteNumber("skipped", report.Count(AssertionOutcome.Skipped));
        if (report.Kernel is { } kernel)
        {
            json.WriteStartObject("kernel");
            json.WriteNumber("witnesses", report.Witnesses);
            json.WriteNumber("decisions", kernel.Verdicts.Count);
            json.WriteBoolean("agrees", kernel.Diagnostics.Count == 0);
            json.WriteEndObject();
        }

        json.WriteObjects("tests", report.Tests, test =>
        {
            json.WriteString("name", test.Test.Name);
            json.WriteString("file", test.Suite.Source.Path);
            json.WriteNumber("line", test.Test.Span.Line);
            json.WriteString("outcome", Word(test.Outcome));
            json.WriteObjects("assertions", test.Assertions, result =>
            {
                json.WriteString("text", result.Assertion.Text);
                json.WriteNumber("line", result.Assertion.Span.Line);
                json.WriteString("outcome", Word(result.Outcome));
                if (result.Outcome != AssertionOutcome.Passed)
                {
                    json.WriteFindings(result.Diagnostics);
                }

                if (result.Counterexample is { } flow)
                {
                    json.WriteStartObject("counterexample");
                    new FlowJson(report.Graph, null, null).Write(json, flow, 0, result.Failure);
                    json.WriteEndObject();
                }
            });
        });
    }

    private static string Word(AssertionOutcome outcome) => outcome.ToString().ToLowerInvariant();
}
