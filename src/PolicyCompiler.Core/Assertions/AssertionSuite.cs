using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Assertions;

/// <summary>The tests of one file, in its order.</summary>
public sealed record AssertionSuite(SourceText Source, ImmutableArray<AssertionTest> Tests);
