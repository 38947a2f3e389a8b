using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>struct bpf_object_open_opts of libbpf 1.0 and later; later members may be absent because of <c>sz</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ObjectOpenOptions
{
    public nuint StructSize;
    public byte* ObjectName;
    public byte RelaxedMaps;
    public byte* PinRootPath;
    public uint Removed;
    public byte* KernelConfiguration;
    public byte* CustomBtfPath;
    public byte* KernelLogBuffer;
    public nuint KernelLogSize;
    public uint KernelLogLevel;
}
