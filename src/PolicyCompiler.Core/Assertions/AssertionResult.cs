using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Assertions;

/// <summary>What became of an assertion.</summary>
public sealed record AssertionResult(Assertion Assertion, AssertionOutcome Outcome)
{
    /// <summary>Why it failed or was skipped; empty when it passed.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>A flow that is not as asserted; null when it passed, or when no flow could be found at all.</summary>
    public ExplainedFlow? Counterexample { get; init; }

    /// <summary>The answer of the counterexample that is not as asserted: about one backend, where a service has several.</summary>
    public FlowAnswer? Failure { get; init; }

    /// <summary>One flow for each pair of decisions that was met, as far as they were asked for.</summary>
    public ImmutableArray<FlowDecision> Witnesses { get; init; } = [];
}
