using PolicyCompiler.CodeGen.Native;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen;

/// <summary>The body of one decision function, <c>u32 (packet *)</c>: instructions at the current block and policy line.</summary>
internal sealed unsafe class DecisionBuilder : IDisposable
{
    private readonly LlvmContext _context;
    private readonly LlvmModuleHandle _module;
    private readonly DebugInformation _debug;
    private readonly BuilderHandle _builder;
    private readonly LLVMTypeRef _u32;
    private readonly LLVMTypeRef _pointer;
    private readonly LLVMValueRef _function;
    private readonly LLVMMetadataRef _subprogram;

    public DecisionBuilder(LlvmContext context, LlvmModuleHandle module, DebugInformation debug, string name, DecisionPlan plan)
    {
        _context = context;
        _module = module;
        _debug = debug;
        _u32 = Llvm.LLVMInt32TypeInContext(context.Handle);
        _pointer = Llvm.LLVMPointerTypeInContext(context.Handle, 0);
        _function = Llvm.LLVMAddFunction(module, name, TypeOf([_pointer]));
        var origin = plan switch
        {
            DecisionPlan.Constant constant => constant.Origin,
            DecisionPlan.Inline inline => inline.Origin,
            _ => PlanOrigin.None,
        };
        _subprogram = debug.AddSubprogram(_function, name, origin);
        _builder = Llvm.LLVMCreateBuilderInContext(context.Handle);
        Position(Block("entry"));
        At(origin, GeneratedStep.Decide);
    }

    public void Dispose() => _builder.Dispose();

    public void CopyProcessor(LLVMValueRef model)
    {
        foreach (var key in new[] { "target-cpu", "target-features" })
        {
            var attribute = Llvm.LLVMGetStringAttributeAtIndex(model, Llvm.LLVMAttributeFunctionIndex, key, (uint)key.Length);
            if (attribute != 0)
            {
                Llvm.LLVMAddAttributeAtIndex(_function, Llvm.LLVMAttributeFunctionIndex, attribute);
            }
        }
    }

    /// <summary>The line that the next instructions come from.</summary>
    public void At(PlanOrigin origin, GeneratedStep step) =>
        Llvm.LLVMSetCurrentDebugLocation2(_builder, _debug.Location(_subprogram, origin, step));

    public LLVMBasicBlockRef Block(string name) => Llvm.LLVMAppendBasicBlockInContext(_context.Handle, _function, name);

    public void Position(LLVMBasicBlockRef block) => Llvm.LLVMPositionBuilderAtEnd(_builder, block);

    public LLVMValueRef Number(uint value) => Llvm.LLVMConstInt(_u32, value, 0);

    /// <summary>Identity index of the packet's remote address: one or two map lookups.</summary>
    public LLVMValueRef Identity() => Call(TemplateSymbols.Identity, [_pointer], [Llvm.LLVMGetParam(_function, 0)]);

    public LLVMValueRef PortKey() => Call(TemplateSymbols.PortKey, [_pointer], [Llvm.LLVMGetParam(_function, 0)]);

    public LLVMValueRef Root(uint direction, uint which) =>
        Call(TemplateSymbols.Root, [_u32, _u32], [Number(direction), Number(which)]);

    public LLVMValueRef Slot(LLVMValueRef page, LLVMValueRef index) => Call(TemplateSymbols.Slot, [_u32, _u32], [page, index]);

    public LLVMValueRef ShiftRight(LLVMValueRef value, int bits) =>
        bits == 0 ? value : Llvm.LLVMBuildLShr(_builder, value, Number((uint)bits), "");

    public LLVMValueRef Mask(LLVMValueRef value, uint mask) => Llvm.LLVMBuildAnd(_builder, value, Number(mask), "");

    public LLVMValueRef GreaterThan(LLVMValueRef value, uint limit) =>
        Llvm.LLVMBuildICmp(_builder, Llvm.LLVMIntUGT, value, Number(limit), "");

    /// <summary>Whether the value lies in any of the inclusive ranges.</summary>
    public LLVMValueRef InAny(LLVMValueRef value, IEnumerable<(int First, int Last)> ranges) =>
        ranges.Select(r => In(value, (uint)r.First, (uint)r.Last)).Aggregate((a, b) => Llvm.LLVMBuildOr(_builder, a, b, ""));

    public LLVMValueRef Both(LLVMValueRef left, LLVMValueRef right) => Llvm.LLVMBuildAnd(_builder, left, right, "");

    public void Return(LLVMValueRef value) => Llvm.LLVMBuildRet(_builder, value);

    public void Branch(LLVMBasicBlockRef target) => Llvm.LLVMBuildBr(_builder, target);

    public void BranchIf(LLVMValueRef condition, LLVMBasicBlockRef then, LLVMBasicBlockRef otherwise) =>
        Llvm.LLVMBuildCondBr(_builder, condition, then, otherwise);

    // Subtraction wraps around below the range, so one unsigned comparison tests both ends.
    private LLVMValueRef In(LLVMValueRef value, uint first, uint last) => first == last
        ? Llvm.LLVMBuildICmp(_builder, Llvm.LLVMIntEQ, value, Number(first), "")
        : Llvm.LLVMBuildICmp(
            _builder, Llvm.LLVMIntULE, Llvm.LLVMBuildSub(_builder, value, Number(first), ""), Number(last - first), "");

    private LLVMValueRef Call(string name, ReadOnlySpan<LLVMTypeRef> parameters, ReadOnlySpan<LLVMValueRef> arguments)
    {
        var type = TypeOf(parameters);
        var function = Llvm.LLVMGetNamedFunction(_module, name);
        if (function == 0)
        {
            function = Llvm.LLVMAddFunction(_module, name, type);
        }

        fixed (LLVMValueRef* values = arguments)
        {
            return Llvm.LLVMBuildCall2(_builder, type, function, values, (uint)arguments.Length, "");
        }
    }

    private LLVMTypeRef TypeOf(ReadOnlySpan<LLVMTypeRef> parameters)
    {
        fixed (LLVMTypeRef* types = parameters)
        {
            return Llvm.LLVMFunctionType(_u32, types, (uint)parameters.Length, 0);
        }
    }
}
