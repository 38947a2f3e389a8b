using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>A section; the members are those of Elf64_Shdr (elf(5)). The content of SHT_NOBITS is empty.</summary>
public sealed record ElfSection(
    int Index, string Name, uint Type, ulong Flags, uint Link, uint Info, ulong Alignment, ulong EntrySize, ImmutableArray<byte> Content)
{
    public const uint ProgramBits = 1;
    public const uint SymbolTable = 2;
    public const uint StringTable = 3;
    public const uint NoBits = 8;
    public const uint RelocationTable = 9;
    public const ulong Executable = 4;

    public bool IsCode => Type == ProgramBits && (Flags & Executable) != 0;
}
