using System.Runtime.InteropServices;

namespace PolicyCompiler.CodeGen.Native;

/// <summary>LLVM-C: types, constants, instructions (Core.h) and debug information (DebugInfo.h).</summary>
internal static unsafe partial class Llvm
{
    public const int LLVMIntEQ = 32;
    public const int LLVMIntUGT = 34;
    public const int LLVMIntULE = 37;
    public const int LLVMDWARFSourceLanguageC99 = 11;
    public const int LLVMDWARFEmissionFull = 1;
    public const int LLVMModuleFlagBehaviorWarning = 1;

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMTypeRef LLVMInt32TypeInContext(ContextHandle context);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMTypeRef LLVMPointerTypeInContext(ContextHandle context, uint addressSpace);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMTypeRef LLVMFunctionType(LLVMTypeRef result, LLVMTypeRef* parameters, uint count, int isVariadic);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMConstInt(LLVMTypeRef type, ulong value, int signExtend);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMMetadataRef LLVMDIBuilderCreateDebugLocation(
        ContextHandle context, uint line, uint column, LLVMMetadataRef scope, LLVMMetadataRef inlinedAt);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMAddGlobal(LlvmModuleHandle module, LLVMTypeRef type, string name);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMSetInitializer(LLVMValueRef global, LLVMValueRef value);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMSetGlobalConstant(LLVMValueRef global, int isConstant);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMAddFunction(LlvmModuleHandle module, string name, LLVMTypeRef type);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMGetParam(LLVMValueRef function, uint index);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMSetSubprogram(LLVMValueRef function, LLVMMetadataRef subprogram);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMBasicBlockRef LLVMAppendBasicBlockInContext(ContextHandle context, LLVMValueRef function, string name);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial BuilderHandle LLVMCreateBuilderInContext(ContextHandle context);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDisposeBuilder(nint builder);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMPositionBuilderAtEnd(BuilderHandle builder, LLVMBasicBlockRef block);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMSetCurrentDebugLocation2(BuilderHandle builder, LLVMMetadataRef location);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMBuildRet(BuilderHandle builder, LLVMValueRef value);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMBuildBr(BuilderHandle builder, LLVMBasicBlockRef target);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMValueRef LLVMBuildCondBr(
        BuilderHandle builder, LLVMValueRef condition, LLVMBasicBlockRef then, LLVMBasicBlockRef otherwise);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMBuildAnd(BuilderHandle builder, LLVMValueRef left, LLVMValueRef right, string name);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMBuildOr(BuilderHandle builder, LLVMValueRef left, LLVMValueRef right, string name);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMBuildSub(BuilderHandle builder, LLVMValueRef left, LLVMValueRef right, string name);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMBuildLShr(BuilderHandle builder, LLVMValueRef left, LLVMValueRef right, string name);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMBuildICmp(
        BuilderHandle builder, int predicate, LLVMValueRef left, LLVMValueRef right, string name);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMBuildCall2(
        BuilderHandle builder, LLVMTypeRef type, LLVMValueRef function, LLVMValueRef* arguments, uint count, string name);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial DIBuilderHandle LLVMCreateDIBuilder(LlvmModuleHandle module);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDisposeDIBuilder(nint builder);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial void LLVMDIBuilderFinalize(DIBuilderHandle builder);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMMetadataRef LLVMDIBuilderCreateCompileUnit(
        DIBuilderHandle builder, int language, LLVMMetadataRef file, string producer, nuint producerLength, int isOptimized, string flags,
        nuint flagsLength, uint runtimeVersion, string splitName, nuint splitNameLength, int kind, uint dwoId, int splitDebugInlining,
        int debugInfoForProfiling, string sysRoot, nuint sysRootLength, string sdk, nuint sdkLength);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMMetadataRef LLVMDIBuilderCreateSubroutineType(
        DIBuilderHandle builder, LLVMMetadataRef file, LLVMMetadataRef* parameterTypes, uint count, int flags);

    [LibraryImport(LlvmLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMMetadataRef LLVMDIBuilderCreateFunction(
        DIBuilderHandle builder, LLVMMetadataRef scope, string name, nuint nameLength, string linkageName, nuint linkageNameLength,
        LLVMMetadataRef file, uint line, LLVMMetadataRef type, int isLocalToUnit, int isDefinition, uint scopeLine, int flags, int isOptimized);

    [LibraryImport(LlvmLibrary.Name)]
    public static partial LLVMMetadataRef LLVMDIBuilderCreateLexicalBlockFile(
        DIBuilderHandle builder, LLVMMetadataRef scope, LLVMMetadataRef file, uint discriminator);
}
