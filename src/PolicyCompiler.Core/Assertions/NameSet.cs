using System.Collections.Immutable;

namespace PolicyCompiler.Core.Assertions;

/// <summary>DNS names whose addresses are not known: some, or all but some.</summary>
internal sealed record NameSet(ImmutableSortedSet<string> Names, bool IsAllBut)
{
    public static NameSet None { get; } = new(ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal), IsAllBut: false);

    public static NameSet All { get; } = None.Complement;

    private NameSet Complement => this with { IsAllBut = !IsAllBut };

    public static NameSet Of(string name) => None with { Names = None.Names.Add(name) };

    public bool Contains(string name) => Names.Contains(name) != IsAllBut;

    public NameSet Union(NameSet other) => (IsAllBut, other.IsAllBut) switch
    {
        (false, false) => this with { Names = Names.Union(other.Names) },
        (true, true) => this with { Names = Names.Intersect(other.Names) },
        (true, false) => this with { Names = Names.Except(other.Names) },
        (false, true) => other with { Names = other.Names.Except(Names) },
    };

    public NameSet Except(NameSet other) => Complement.Union(other).Complement;
}
