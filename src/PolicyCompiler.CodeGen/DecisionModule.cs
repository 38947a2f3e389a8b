using PolicyCompiler.CodeGen.Native;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.CodeGen;

/// <summary>The generated half of an object: one decision function a direction, and the constants the template folds on.</summary>
internal static unsafe class DecisionModule
{
    /// <summary>A module for linking into the template.</summary>
    public static LlvmModuleHandle Build(LlvmContext context, LlvmModuleHandle template, ProgramPlan plan)
    {
        var module = Llvm.LLVMModuleCreateWithNameInContext("policy", context.Handle);
        Llvm.LLVMSetTarget(module, Llvm.LLVMGetTarget(template));
        Llvm.LLVMSetDataLayout(module, Llvm.LLVMGetDataLayoutStr(template));

        AddConstant(context, module, TemplateSymbols.Enforced, plan.Enforced ? 1u : 0);
        AddConstant(context, module, TemplateSymbols.IpCacheShape, (uint)plan.IpCache);
        AddConstant(context, module, TemplateSymbols.NodeLocal, plan.NodeLocal ? 1u : 0);
        AddConstant(context, module, TemplateSymbols.Features, (uint)plan.Features);
        AddConstant(context, module, TemplateSymbols.Alternatives, (uint)plan.Alternatives);

        using var debug = new DebugInformation(context, module, plan);
        AddDecision(context, module, template, debug, TemplateSymbols.DecideIngress, Direction.Ingress, plan.Ingress);
        AddDecision(context, module, template, debug, TemplateSymbols.DecideEgress, Direction.Egress, plan.Egress);
        debug.Complete();
        return module;
    }

    private static void AddConstant(LlvmContext context, LlvmModuleHandle module, string name, uint value)
    {
        var type = Llvm.LLVMInt32TypeInContext(context.Handle);
        var global = Llvm.LLVMAddGlobal(module, type, name);
        Llvm.LLVMSetInitializer(global, Llvm.LLVMConstInt(type, value, 0));
        Llvm.LLVMSetGlobalConstant(global, 1);
    }

    private static void AddDecision(
        LlvmContext context, LlvmModuleHandle module, LlvmModuleHandle template, DebugInformation debug, string name, Direction direction,
        DecisionPlan plan)
    {
        using var builder = new DecisionBuilder(context, module, debug, name, plan);

        // Functions for different processors are never inlined into each other.
        builder.CopyProcessor(Llvm.LLVMGetNamedFunction(template, BpfObject.FromEndpoint));
        switch (plan)
        {
            case DecisionPlan.Constant constant:
                builder.At(constant.Origin, GeneratedStep.Constant);
                builder.Return(builder.Number(constant.Verdict.Value));
                break;
            case DecisionPlan.Inline inline:
                InlineEmitter.Emit(builder, inline);
                break;
            case DecisionPlan.Table table:
                TableEmitter.Emit(builder, direction, table);
                break;
        }
    }
}
