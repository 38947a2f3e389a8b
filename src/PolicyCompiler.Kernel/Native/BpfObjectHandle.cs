using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>Owns a struct bpf_object with its programs and the maps it created.</summary>
internal sealed class BpfObjectHandle : SafeHandle
{
    public BpfObjectHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibBpf.bpf_object__close(handle);
        return true;
    }
}
