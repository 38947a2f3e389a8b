using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>struct bpf_map_batch_opts.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MapBatchOptions
{
    public nuint StructSize;
    public ulong ElementFlags;
    public ulong Flags;
}
