using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>struct bpf_prog_info of linux/bpf.h: the members that are used.</summary>
[StructLayout(LayoutKind.Explicit, Size = 232)]
internal struct ProgramInfo
{
    [FieldOffset(4)]
    public uint Id;

    /// <summary>Bytes of machine code.</summary>
    [FieldOffset(16)]
    public uint JitedLength;

    [FieldOffset(216)]
    public uint VerifiedInstructions;
}
