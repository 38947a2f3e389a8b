using Microsoft.Win32.SafeHandles;

namespace PolicyCompiler.CodeGen.Native;

/// <summary>A builder of debug information.</summary>
internal sealed class DIBuilderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    public DIBuilderHandle(nint pointer)
        : this() => SetHandle(pointer);

    protected override bool ReleaseHandle()
    {
        Llvm.LLVMDisposeDIBuilder(handle);
        return true;
    }
}
