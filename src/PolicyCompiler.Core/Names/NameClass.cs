using System.Collections.Immutable;

namespace PolicyCompiler.Core.Names;

public sealed record NameClass(ImmutableArray<int> Patterns, string? Example);
