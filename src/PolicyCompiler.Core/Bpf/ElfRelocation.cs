namespace PolicyCompiler.Core.Bpf;

/// <summary>A relocation (Elf64_Rel).</summary>
/// <param name="Section">Index of the section it changes.</param>
/// <param name="Offset">Bytes from that section's start.</param>
/// <param name="Type">R_BPF_* (Documentation/bpf/llvm_reloc.rst).</param>
/// <param name="Symbol">Index in <see cref="ElfFile.Symbols"/>.</param>
public readonly record struct ElfRelocation(int Section, ulong Offset, uint Type, int Symbol)
{
    /// <summary>R_BPF_64_64: the address in a 16-byte load.</summary>
    public const uint Address64 = 1;
}
