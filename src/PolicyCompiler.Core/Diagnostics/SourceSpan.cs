using System.Globalization;

namespace PolicyCompiler.Core.Diagnostics;

/// <summary>A place in an input text.</summary>
/// <param name="Source">The text; null for things no text states, such as an implied namespace.</param>
/// <param name="Line">1-based; 0 when unknown.</param>
/// <param name="Column">1-based, in UTF-16 units; 0 when unknown.</param>
/// <param name="Length">In UTF-16 units on that line; 0 when unknown.</param>
public readonly record struct SourceSpan(SourceText? Source, int Line, int Column, int Length)
{
    public static SourceSpan None => default;

    public bool IsKnown => Source is not null && Line > 0;

    /// <summary><c>path:line</c> with the logical path: the form used inside bundles and snapshots.</summary>
    public string LogicalLocation => Source is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Source.LogicalPath}:{Line}");

    /// <summary><c>path:line</c> as the user named the file: the form shown to people.</summary>
    public override string ToString() => Source is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Source.Path}:{Line}");
}
