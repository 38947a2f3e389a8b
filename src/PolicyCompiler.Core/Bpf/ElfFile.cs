using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>A relocatable 64-bit little-endian ELF file for BPF, as its headers describe it.</summary>
public sealed record ElfFile(
    ImmutableArray<ElfSection> Sections, ImmutableArray<ElfSymbol> Symbols, ImmutableArray<ElfRelocation> Relocations)
{
    /// <summary>The first section of that name; null if there is none.</summary>
    public ElfSection? Section(string name) =>
        Sections.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal));
}
