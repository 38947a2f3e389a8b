using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Lint;

namespace PolicyCompiler.Pipeline.Lint;

/// <summary>What mending would do.</summary>
/// <param name="Texts">The new texts of the files that change; empty where nothing can be mended.</param>
/// <param name="Fixed">The findings that are mended.</param>
/// <param name="Findings">What is not mended and why; an error when nothing may be written.</param>
public sealed record LintFix(ImmutableArray<SourceText> Texts, ImmutableArray<LintFinding> Fixed, ImmutableArray<Diagnostic> Findings);
