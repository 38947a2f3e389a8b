using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>struct bpf_tc_opts.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcOptions
{
    public nuint StructSize;
    public int ProgramFd;
    public uint Flags;
    public uint ProgramId;
    public uint Handle;
    public uint Priority;
}
