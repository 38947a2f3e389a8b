using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyCompiler.Core.Assertions;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answers of <c>policyc test</c> in TAP 14 (testanything.org): one test point a test, with a YAML block where one failed.</summary>
internal static class TapText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TestReport report, Terminal terminal)
    {
        var output = terminal.Output;
        output.Write($"TAP version 14\n1..{report.Tests.Length}\n");
        for (var i = 0; i < report.Tests.Length; i++)
        {
            var test = report.Tests[i];
            var word = test.Outcome == AssertionOutcome.Failed ? "not ok" : "ok";
            var directive = test.Outcome == AssertionOutcome.Skipped ? " # SKIP an optional end is empty" : "";
            output.Write($"{word} {i + 1} - {Escape($"{test.Suite.Source.Path}: {test.Test.Name}")}{directive}\n");
            if (test.Outcome == AssertionOutcome.Failed)
            {
                WriteFailures(report, test, terminal);
            }
        }
    }

    private static void WriteFailures(TestReport report, TestResult test, Terminal terminal)
    {
        var output = terminal.Output;
        output.Write("  ---\n  failures:\n");
        foreach (var result in test.Assertions.Where(a => a.Outcome == AssertionOutcome.Failed))
        {
            // JSON texts are YAML too, whatever is in them.
            output.Write($"    - assertion: {Quoted(result.Assertion.Text)}\n");
            output.Write($"      file: {Quoted(test.Suite.Source.Path)}\n      line: {result.Assertion.Span.Line}\n      column: {result.Assertion.Span.Column}\n      message:\n");
            foreach (var line in report.LinesOf(result, terminal, plain: true))
            {
                output.Write($"        - {Quoted(line)}\n");
            }
        }

        output.Write("  ...\n");
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
