using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>One program of an object.</summary>
/// <param name="Name">The C function name.</param>
/// <param name="Section">The ELF section, which is the libbpf program type (<c>tc</c>).</param>
/// <param name="Instructions">Raw code: 8-byte slots, little-endian (Documentation/bpf/standardization/instruction-set.rst).</param>
/// <param name="Lines">Line records in order of instruction.</param>
/// <param name="MapReferences">Instruction index of each 16-byte map load, and the map's (or global variable's) name.</param>
public sealed record BpfProgram(
    string Name,
    string Section,
    ImmutableArray<byte> Instructions,
    ImmutableArray<BpfLine> Lines,
    ImmutableArray<(int InstructionIndex, string Symbol)> MapReferences)
{
    /// <summary>Number of 8-byte slots.</summary>
    public int InstructionCount => Instructions.Length / 8;
}
