using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Diff;

namespace PolicyCompiler.Pipeline.Comparison;

/// <summary>Both sides, and how they differ.</summary>
/// <param name="Old">The old side.</param>
/// <param name="New">The new side.</param>
/// <param name="Report">Null when a side has an error, or there is nothing to compare.</param>
/// <param name="Diagnostics">Findings about the comparison itself.</param>
public sealed record ComparisonResult(ComparedSide Old, ComparedSide New, DiffReport? Report, ImmutableArray<Diagnostic> Diagnostics);
