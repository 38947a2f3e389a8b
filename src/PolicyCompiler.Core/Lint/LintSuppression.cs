using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Lint;

/// <summary>A comment <c># policyc:ignore CODE, ... because REASON</c>.</summary>
/// <param name="Codes">The codes with their places.</param>
/// <param name="Reason">Empty when it gives none, so that it is not followed.</param>
/// <param name="Line">The line whose findings it suppresses, 1-based: its own, or the next with content.</param>
/// <param name="Span">The comment.</param>
public sealed record LintSuppression(ImmutableArray<(string Code, SourceSpan Span)> Codes, string Reason, int Line, SourceSpan Span);
