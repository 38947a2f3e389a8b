using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>Owns a struct ring_buffer: user space's end of a ring-buffer map.</summary>
internal sealed class RingBufferHandle : SafeHandle
{
    public RingBufferHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibBpf.ring_buffer__free(handle);
        return true;
    }
}
