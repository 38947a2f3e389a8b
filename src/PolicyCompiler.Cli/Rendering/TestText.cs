using System.Globalization;
using PolicyCompiler.Core.Assertions;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answers of <c>policyc test</c> for people.</summary>
internal static class TestText
{
    public static void Write(TestReport report, Terminal terminal)
    {
        foreach (var file in report.Tests.GroupBy(t => t.Suite.Source))
        {
            terminal.Output.WriteLine(terminal.Strong(file.Key.Path));
            foreach (var test in file)
            {
                Write(report, test, terminal);
            }

            terminal.Output.WriteLine();
        }

        if (report.Kernel is { Diagnostics.Count: 0 } kernel)
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"kernel: agrees on {Number(kernel.Verdicts.Count, "decision")} about {Number(report.Witnesses, "witness flow")}"));
        }

        var text = Summary(report);
        terminal.Output.WriteLine(report.Count(AssertionOutcome.Failed) > 0 ? terminal.Bad(text) : terminal.Good(text));
    }

    /// <summary>The tests that failed, each with its file.</summary>
    public static void WriteFailures(TestReport report, Terminal terminal)
    {
        foreach (var file in report.Tests.Where(t => t.Outcome == AssertionOutcome.Failed).GroupBy(t => t.Suite.Source))
        {
            terminal.Output.WriteLine(terminal.Strong(file.Key.Path));
            foreach (var test in file)
            {
                Write(report, test, terminal);
            }

            terminal.Output.WriteLine();
        }
    }

    /// <summary>How many there were, and how they ended.</summary>
    public static string Summary(TestReport report)
    {
        var assertions = report.Assertions.ToList();
        return $"{Number(report.Tests.Length, "test")}, {report.Count(AssertionOutcome.Failed)} failed, {report.Count(AssertionOutcome.Skipped)} skipped; "
            + $"{Number(assertions.Count, "assertion")}, {assertions.Count(a => a.Outcome == AssertionOutcome.Failed)} failed";
    }

    private static void Write(TestReport report, TestResult test, Terminal terminal)
    {
        terminal.Output.WriteLine($"  {Word(test.Outcome, terminal)}  {test.Test.Name}");
        foreach (var result in test.Assertions.Where(a => a.Outcome != AssertionOutcome.Passed))
        {
            terminal.Output.WriteLine($"    line {result.Assertion.Span.Line}: {result.Assertion.Text}");
            foreach (var line in report.LinesOf(result, terminal, plain: false))
            {
                terminal.Output.WriteLine($"      {line}");
            }
        }
    }

    private static string Word(AssertionOutcome outcome, Terminal terminal) => outcome switch
    {
        AssertionOutcome.Passed => terminal.Good("ok     "),
        AssertionOutcome.Skipped => terminal.Warn("skipped"),
        _ => terminal.Bad("FAILED "),
    };

    private static string Number(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
