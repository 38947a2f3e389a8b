using System.Collections.Immutable;

namespace PolicyCompiler.Core.Names;

public sealed record NameClasses(ImmutableArray<NameClass> Classes, bool IsClosed);
