using System.Collections.Immutable;

namespace PolicyCompiler.Core.Assertions;

/// <summary>What became of a test.</summary>
public sealed record TestResult(AssertionSuite Suite, AssertionTest Test, ImmutableArray<AssertionResult> Assertions)
{
    /// <summary>Failed when an assertion did; skipped when all were.</summary>
    public AssertionOutcome Outcome => Assertions.Any(a => a.Outcome == AssertionOutcome.Failed) ? AssertionOutcome.Failed
        : !Assertions.IsEmpty && Assertions.All(a => a.Outcome == AssertionOutcome.Skipped) ? AssertionOutcome.Skipped
        : AssertionOutcome.Passed;
}
