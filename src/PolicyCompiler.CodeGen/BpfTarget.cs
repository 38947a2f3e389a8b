using PolicyCompiler.CodeGen.Native;

namespace PolicyCompiler.CodeGen;

/// <summary>LLVM's BPF back end: little-endian, instruction set v3 (kernel 5.1 and later: 32-bit jumps and ALU).</summary>
internal static unsafe class BpfTarget
{
    public const string Triple = "bpfel";
    public const string Cpu = "v3";

    // The whole pipeline: less leaves the kernel verifier more instructions to walk.
    private const string Passes = "default<O2>";

    public static TargetMachineHandle CreateMachine(LlvmContext context)
    {
        var failed = Llvm.LLVMGetTargetFromTriple(Triple, out var target, out var message) != 0;
        context.Check(failed, "has no BPF back end", message);
        return Llvm.LLVMCreateTargetMachine(
            target, Triple, Cpu, "", Llvm.LLVMCodeGenLevelDefault, Llvm.LLVMRelocDefault, Llvm.LLVMCodeModelDefault);
    }

    public static void Optimise(LlvmContext context, TargetMachineHandle machine, LlvmModuleHandle module)
    {
        var failed = Llvm.LLVMVerifyModule(module, Llvm.LLVMReturnStatusAction, out var message) != 0;
        context.Check(failed, "finds the linked module malformed", message);
        var options = Llvm.LLVMCreatePassBuilderOptions();
        var error = Llvm.LLVMRunPasses(module, Passes, machine, options);
        Llvm.LLVMDisposePassBuilderOptions(options);
        context.Check(error, "could not optimise");
    }

    /// <summary>The object file, with debug sections.</summary>
    public static byte[] Emit(LlvmContext context, TargetMachineHandle machine, LlvmModuleHandle module)
    {
        var failed = Llvm.LLVMTargetMachineEmitToMemoryBuffer(
            machine, module, Llvm.LLVMObjectFile, out var message, out var buffer) != 0;
        using (buffer)
        {
            context.Check(failed, "could not emit the object", failed ? message : null);
            return new ReadOnlySpan<byte>(Llvm.LLVMGetBufferStart(buffer), checked((int)Llvm.LLVMGetBufferSize(buffer))).ToArray();
        }
    }
}
