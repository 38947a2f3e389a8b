using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.L7;

/// <summary>One HTTP rule; what is null or empty is no condition. All conditions must hold.</summary>
/// <param name="Method">Regular expression that the whole method must match.</param>
/// <param name="Path">Regular expression that the whole path must match.</param>
/// <param name="Host">Regular expression that the whole host must match.</param>
/// <param name="Headers">Headers that must be there: <c>Name</c>, or <c>Name: value</c>.</param>
/// <param name="HeaderMatches">Headers with what to do when they do not match.</param>
/// <param name="Span">The list item.</param>
public sealed record HttpRule(
    string? Method,
    string? Path,
    string? Host,
    ImmutableArray<string> Headers,
    ImmutableArray<HeaderMatch> HeaderMatches,
    SourceSpan Span);
