using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Names;

public static class NameClassBuilder
{
    public static NameClasses Build(ImmutableArray<NamePattern> patterns, int cap) => new([.. patterns.Select((p, i) => new NameClass([i], p.IsPattern ? null : p.Text))], true);
}
