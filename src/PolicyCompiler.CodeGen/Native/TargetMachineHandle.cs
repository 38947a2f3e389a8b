using Microsoft.Win32.SafeHandles;

namespace PolicyCompiler.CodeGen.Native;

/// <summary>A target machine.</summary>
internal sealed class TargetMachineHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    public TargetMachineHandle(nint pointer)
        : this() => SetHandle(pointer);

    protected override bool ReleaseHandle()
    {
        Llvm.LLVMDisposeTargetMachine(handle);
        return true;
    }
}
