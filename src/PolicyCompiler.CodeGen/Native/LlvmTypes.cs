// The opaque pointers of LLVM-C under their own names, as LLVMSharp has them.
global using LLVMAttributeRef = nint;
global using LLVMBasicBlockRef = nint;
global using LLVMDiagnosticInfoRef = nint;
global using LLVMErrorRef = nint;
global using LLVMMetadataRef = nint;
global using LLVMPassBuilderOptionsRef = nint;
global using LLVMTargetRef = nint;
global using LLVMTypeRef = nint;
global using LLVMUseRef = nint;
global using LLVMValueRef = nint;
