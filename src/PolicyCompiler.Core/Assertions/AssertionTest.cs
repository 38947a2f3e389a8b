using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Assertions under one name.</summary>
public sealed record AssertionTest(string Name, ImmutableArray<Assertion> Assertions, SourceSpan Span);
