using System.Collections.Immutable;
using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>What <c>policyc test</c> found.</summary>
/// <param name="Graph">What the assertions are about.</param>
/// <param name="Tests">All tests, in the order of their files.</param>
/// <param name="Kernel">What the kernel said of the witness flows; null: it was not asked.</param>
internal sealed record TestReport(RuleGraph Graph, ImmutableArray<TestResult> Tests, KernelCheck? Kernel)
{
    public IEnumerable<AssertionResult> Assertions => Tests.SelectMany(t => t.Assertions);

    public int Witnesses => Assertions.Sum(a => a.Witnesses.Length);

    public int Count(AssertionOutcome outcome) => Tests.Count(t => t.Outcome == outcome);

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
