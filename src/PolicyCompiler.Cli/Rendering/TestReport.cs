using System.Collections.Immutable;
using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Pipeline;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>What <c>policyc test</c> found.</summary>
/// <param name="Graph">What the assertions are about.</param>
/// <param name="Tests">All tests, in the order of their files.</param>
/// <param name="Kernel">What the kernel said of the witness flows; null: it was not asked.</param>
internal sealed record TestReport(RuleGraph Graph, ImmutableArray<TestResult> Tests, KernelCheck? Kernel)
{
    public IEnumerable<AssertionResult> Assertions => Tests.SelectMany(t => t.Assertions);

    /// <summary>Of assertions that do not hold, or are about nothing; what is wrong with a variable is found wherever it is used.</summary>
    public IEnumerable<Diagnostic> Findings =>
        Assertions.SelectMany(a => a.Diagnostics).Where(d => d.Severity != DiagnosticSeverity.Information).DistinctBy(d => (d.Span, d.Message));

    public int Witnesses => Assertions.Sum(a => a.Witnesses.Length);

    public int Count(AssertionOutcome outcome) => Tests.Count(t => t.Outcome == outcome);

    /// <param name="compilation">Has tables; and objects, if the kernel is asked.</param>
    /// <param name="suites">The assertions.</param>
    /// <param name="asksKernel">Whether the kernel is asked about the flows of every decision that an assertion met.</param>
    public static TestReport Of(Compilation compilation, IEnumerable<AssertionSuite> suites, bool asksKernel)
    {
        var evaluator = new AssertionEvaluator(compilation.Tables!, collectWitnesses: asksKernel);
        var report = new TestReport(compilation.Graph!, [.. suites.SelectMany(evaluator.Evaluate)], null);
        return asksKernel ? report with { Kernel = KernelCheck.Run(compilation, [.. report.Assertions.SelectMany(a => a.Witnesses)]) } : report;
    }

    /// <summary>The same without colors, for files.</summary>
    public IEnumerable<string> LinesOf(AssertionResult result) =>
        LinesOf(result, new Terminal(TextWriter.Null, TextWriter.Null, color: false, verbose: false), plain: true);

    /// <summary>Why an assertion failed, and the flow that shows it, as plain lines.</summary>
    public IEnumerable<string> LinesOf(AssertionResult result, Terminal terminal, bool plain)
    {
        foreach (var finding in result.Diagnostics)
        {
            // A failed assertion's text stands before its message.
            var message = finding.Message.StartsWith(result.Assertion.Text, StringComparison.Ordinal) ? finding.Message[result.Assertion.Text.Length..].TrimStart(':', ' ') : finding.Message;
            yield return $"{finding.Code}: {message}";
        }

        if (result.Counterexample is { } flow)
        {
            using var text = new StringWriter { NewLine = "\n" };
            FlowText.Write(Graph, [flow], null, null, terminal.To(text, plain));
            foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
            {
                yield return line;
            }
        }
    }
}
