using System.Runtime.InteropServices;

namespace PolicyCompiler.CodeGen.Native;

/// <summary>
/// The LLVM-C 19 calls that are used, under their C names (llvm-c/Core.h, Target.h, TargetMachine.h, BitReader.h, IRReader.h,
/// Linker.h, Analysis.h, Error.h, Transforms/PassBuilder.h). An LLVMBool result is non-zero on failure.
/// Building of instructions and debug information is in the other part.
/// </summary>
internal static unsafe partial class Llvm
{
    public const int LLVMDSError = 0;
    public const int LLVMDSWarning = 1;
    public const int LLVMExternalLinkage = 0;
    public const int LLVMInternalLinkage = 8;
    public const int LLVMHiddenVisibility = 1;
    public const int LLVMReturnStatusAction = 2;
    public const int LLVMCodeGenLevelDefault = 2;
    public const int LLVMRelocDefault = 0;
    public const int LLVMCodeModelDefault = 0;
    public const int LLVMObjectFile = 1;
    public const uint LLVMAttributeFunctionIndex = uint.MaxValue;

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMInitializeBPFTargetInfo();

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMInitializeBPFTarget();

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMInitializeBPFTargetMC();

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMInitializeBPFAsmPrinter();

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMInitializeBPFAsmParser();

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMGetVersion(out uint major, out uint minor, out uint patch);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial ContextHandle LLVMContextCreate();

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMContextDispose(nint context);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMContextSetDiagnosticHandler(
        ContextHandle context, delegate* unmanaged[Cdecl]<LLVMDiagnosticInfoRef, void*, void> handler, void* diagnosticContext);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial byte* LLVMGetDiagInfoDescription(LLVMDiagnosticInfoRef info);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial int LLVMGetDiagInfoSeverity(LLVMDiagnosticInfoRef info);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDisposeMessage(byte* message);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial MemoryBufferHandle LLVMCreateMemoryBufferWithMemoryRangeCopy(byte* data, nuint length, string name);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial byte* LLVMGetBufferStart(MemoryBufferHandle buffer);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial nuint LLVMGetBufferSize(MemoryBufferHandle buffer);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDisposeMemoryBuffer(nint buffer);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial int LLVMParseBitcodeInContext2(ContextHandle context, MemoryBufferHandle buffer, out LlvmModuleHandle module);

    /// <summary>Consumes the buffer.</summary>
    [LibraryImport(LlvmLibrary.Name)]
    public static partial int LLVMParseIRInContext(ContextHandle context, nint buffer, out LlvmModuleHandle module, out byte* message);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LlvmModuleHandle LLVMModuleCreateWithNameInContext(string name, ContextHandle context);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDisposeModule(nint module);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial byte* LLVMGetDataLayoutStr(LlvmModuleHandle module);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMSetDataLayout(LlvmModuleHandle module, byte* layout);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial byte* LLVMGetTarget(LlvmModuleHandle module);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMSetTarget(LlvmModuleHandle module, byte* triple);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void LLVMAddModuleFlag(LlvmModuleHandle module, int behavior, string key, nuint keyLength, LLVMMetadataRef value);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint LLVMGetNamedMetadataNumOperands(LlvmModuleHandle module, string name);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void LLVMGetNamedMetadataOperands(LlvmModuleHandle module, string name, LLVMValueRef* operands);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMMetadataRef LLVMValueAsMetadata(LLVMValueRef value);

    /// <summary>Consumes the source.</summary>
    [LibraryImport(LlvmLibrary.Name)]
    public static partial int LLVMLinkModules2(LlvmModuleHandle destination, nint source);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial int LLVMVerifyModule(LlvmModuleHandle module, int action, out byte* message);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMErrorRef LLVMRunPasses(
        LlvmModuleHandle module, string passes, TargetMachineHandle machine, LLVMPassBuilderOptionsRef options);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMPassBuilderOptionsRef LLVMCreatePassBuilderOptions();

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDisposePassBuilderOptions(LLVMPassBuilderOptionsRef options);

    /// <summary>Consumes the error.</summary>
    [LibraryImport(LlvmLibrary.Name)]
    public static partial byte* LLVMGetErrorMessage(LLVMErrorRef error);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDisposeErrorMessage(byte* message);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LLVMGetTargetFromTriple(string triple, out LLVMTargetRef target, out byte* message);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial TargetMachineHandle LLVMCreateTargetMachine(
        LLVMTargetRef target, string triple, string cpu, string features, int level, int reloc, int codeModel);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDisposeTargetMachine(nint machine);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial int LLVMTargetMachineEmitToMemoryBuffer(
        TargetMachineHandle machine, LlvmModuleHandle module, int fileType, out byte* message, out MemoryBufferHandle buffer);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMGetFirstFunction(LlvmModuleHandle module);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMGetNextFunction(LLVMValueRef function);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMGetNamedFunction(LlvmModuleHandle module, string name);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMGetFirstGlobal(LlvmModuleHandle module);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMGetNextGlobal(LLVMValueRef global);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMGetNamedGlobal(LlvmModuleHandle module, string name);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDeleteGlobal(LLVMValueRef global);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial byte* LLVMGetValueName2(LLVMValueRef value, out nuint length);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial byte* LLVMGetSection(LLVMValueRef global);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial int LLVMIsDeclaration(LLVMValueRef global);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMSetLinkage(LLVMValueRef global, int linkage);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMSetVisibility(LLVMValueRef global, int visibility);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial uint LLVMGetEnumAttributeKindForName(byte* name, nuint length);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMAttributeRef LLVMCreateEnumAttribute(ContextHandle context, uint kind, ulong value);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMAttributeRef LLVMGetEnumAttributeAtIndex(LLVMValueRef function, uint index, uint kind);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMAttributeRef LLVMGetStringAttributeAtIndex(LLVMValueRef function, uint index, string key, uint keyLength);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMAddAttributeAtIndex(LLVMValueRef function, uint index, LLVMAttributeRef attribute);

    /// <summary>Debug records (non-zero) or calls of debug intrinsics (0) for the locations of variables.</summary>
    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMSetIsNewDbgInfoFormat(LlvmModuleHandle module, int isRecords);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMUseRef LLVMGetFirstUse(LLVMValueRef value);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMGetUser(LLVMUseRef use);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMInstructionEraseFromParent(LLVMValueRef instruction);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDeleteFunction(LLVMValueRef function);
}
