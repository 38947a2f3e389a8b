using System.Collections.Immutable;

namespace PolicyCompiler.Core.Lint;

/// <summary>What is left of the findings to report.</summary>
/// <param name="Findings">In the order of the texts.</param>
/// <param name="Suppressed">Number of findings that comments suppress.</param>
public sealed record LintResult(ImmutableArray<LintFinding> Findings, int Suppressed);
