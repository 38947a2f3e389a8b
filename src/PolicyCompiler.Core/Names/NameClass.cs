using System.Collections.Immutable;

namespace PolicyCompiler.Core.Names;

/// <summary>What patterns can tell of an address by its names: all addresses of a class have the same patterns.</summary>
/// <param name="Patterns">Numbers of the patterns that match some name of the address and no others; ascending, not empty.</param>
/// <param name="Examples">
/// Names that have exactly these patterns together: one where a single name does, and then a shortest such name.
/// </param>
public sealed record NameClass(ImmutableArray<int> Patterns, ImmutableArray<string> Examples);
