using Microsoft.Win32.SafeHandles;

namespace PolicyCompiler.CodeGen.Native;

/// <summary>A memory buffer.</summary>
internal sealed class MemoryBufferHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    public MemoryBufferHandle(nint pointer)
        : this() => SetHandle(pointer);

    protected override bool ReleaseHandle()
    {
        Llvm.LLVMDisposeMemoryBuffer(handle);
        return true;
    }
}
