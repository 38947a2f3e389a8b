using Microsoft.Win32.SafeHandles;

namespace PolicyCompiler.CodeGen.Native;

/// <summary>A module.</summary>
internal sealed class LlvmModuleHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    public LlvmModuleHandle(nint pointer)
        : this() => SetHandle(pointer);

    protected override bool ReleaseHandle()
    {
        Llvm.LLVMDisposeModule(handle);
        return true;
    }
}
