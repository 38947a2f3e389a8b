namespace PolicyCompiler.Core.Bpf;

/// <summary>A symbol (Elf64_Sym).</summary>
/// <param name="Name">For a section symbol, the section's name.</param>
/// <param name="Section">Index of its section; reserved numbers (undefined, absolute) as they are.</param>
/// <param name="Value">Offset in the section, in bytes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Type">STT_*.</param>
/// <param name="Binding">STB_*.</param>
/// <param name="Visibility">STV_*.</param>
public sealed record ElfSymbol(string Name, int Section, ulong Value, ulong Size, int Type, int Binding, int Visibility)
{
    public const int Function = 2;
    public const int SectionType = 3;
    public const int Global = 1;
    public const int DefaultVisibility = 0;
}
