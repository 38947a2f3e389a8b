using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>Owns a shared memory mapping of an array map created with BPF_F_MMAPABLE, as libbpf does for global variables.</summary>
internal sealed class MappedMemory : SafeHandle
{
    private readonly nuint _length;

    private MappedMemory(nint address, nuint length)
        : base(-1, ownsHandle: true)
    {
        SetHandle(address);
        _length = length;
    }

    public override bool IsInvalid => handle == -1;

    /// <exception cref="KernelException">The map cannot be mapped.</exception>
    public static MappedMemory Map(int mapFd, int length)
    {
        var pages = (nuint)((length + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize);
        var address = LibC.mmap(0, pages, LibC.ReadWriteProtection, LibC.SharedMapping, mapFd, 0);
        return address == -1
            ? throw new KernelException("mapping the program's global variables", Marshal.GetLastPInvokeError())
            : new MappedMemory(address, pages);
    }

    public unsafe void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        bytes.CopyTo(new Span<byte>((byte*)handle + offset, (int)_length - offset));
    }

    protected override bool ReleaseHandle() => LibC.munmap(handle, _length) == 0;
}
