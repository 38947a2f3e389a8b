using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Lint;

/// <summary>A text without some list items.</summary>
/// <param name="Text">The text; the old one where nothing could be removed.</param>
/// <param name="Removed">The items that are gone.</param>
/// <param name="Kept">The items that could not be removed, and why.</param>
public sealed record ItemRemoval(string Text, ImmutableArray<SourceSpan> Removed, ImmutableArray<(SourceSpan Item, string Reason)> Kept);
