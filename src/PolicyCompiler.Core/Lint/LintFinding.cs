using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Lint;

/// <summary>A finding and what proves it.</summary>
/// <param name="Diagnostic">The finding.</param>
/// <param name="Redundancy">The unit that can go, and why; null for findings of other sorts.</param>
public sealed record LintFinding(Diagnostic Diagnostic, RedundantUnit? Redundancy = null);
