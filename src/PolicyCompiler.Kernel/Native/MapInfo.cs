using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>struct bpf_map_info of linux/bpf.h: the members that are used.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct MapInfo
{
    [FieldOffset(0)]
    public uint Type;

    [FieldOffset(8)]
    public uint KeySize;

    [FieldOffset(12)]
    public uint ValueSize;

    [FieldOffset(16)]
    public uint MaxEntries;
}
