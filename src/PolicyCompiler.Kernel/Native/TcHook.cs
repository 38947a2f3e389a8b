using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>struct bpf_tc_hook.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TcHook
{
    public const uint Ingress = 1;
    public const uint Egress = 2;

    public nuint StructSize;
    public int InterfaceIndex;
    public uint AttachPoint;
    public uint Parent;
}
