using Microsoft.Win32.SafeHandles;

namespace PolicyCompiler.CodeGen.Native;

/// <summary>An instruction builder.</summary>
internal sealed class BuilderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    public BuilderHandle(nint pointer)
        : this() => SetHandle(pointer);

    protected override bool ReleaseHandle()
    {
        Llvm.LLVMDisposeBuilder(handle);
        return true;
    }
}
