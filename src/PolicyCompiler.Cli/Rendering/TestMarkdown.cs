using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Assertions;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answers of <c>policyc test</c> as a part of a page: the assertions that do not hold, each with its flow.</summary>
internal static class TestMarkdown
{
    // A page has a limit, and whoever has more failures reads them in the output.
    private const int MostFailures = 20;

    public static string Text(TestReport report)
    {
        var text = new StringBuilder($"**Assertions:** {TestText.Summary(report)}\n");
        var failed = report.Tests.SelectMany(t => t.Assertions, (test, assertion) => (Test: test, Assertion: assertion))
            .Where(x => x.Assertion.Outcome == AssertionOutcome.Failed).ToList();
        foreach (var (test, assertion) in failed.Take(MostFailures))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n`{Plain(test.Suite.Source.Path)}:{assertion.Assertion.Span.Line}` {MarkdownText.Escape(test.Test.Name)}\n\n");
            // Indented, what comes from the input can end no fence.
            text.Append(CultureInfo.InvariantCulture, $"    {Plain(assertion.Assertion.Text)}\n");
            foreach (var line in report.LinesOf(assertion))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {line}\n");
            }
        }

        if (failed.Count > MostFailures)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nand {failed.Count - MostFailures:N0} more that do not hold\n");
        }

        return text.ToString();
    }

    private static string Plain(string text) => text.ReplaceLineEndings(" ").Replace("`", "", StringComparison.Ordinal);
}
