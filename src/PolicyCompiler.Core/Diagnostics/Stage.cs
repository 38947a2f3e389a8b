using System.Collections.Immutable;

namespace PolicyCompiler.Core.Diagnostics;

public static class Stage
{
    public static Stage<T> Of<T>(T? value, IEnumerable<Diagnostic>? diagnostics = null)
        where T : class => new(value, diagnostics?.ToImmutableArray() ?? []);
}
