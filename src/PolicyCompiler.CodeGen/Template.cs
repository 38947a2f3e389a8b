using System.Runtime.InteropServices;
using System.Text;
using PolicyCompiler.CodeGen.Native;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen;

/// <summary>The datapath template's module: parsing, and joining it with the generated decision.</summary>
internal static unsafe class Template
{
    private static readonly string[] Provided =
    [
        BpfObject.FromEndpoint, BpfObject.ToEndpoint, TemplateSymbols.Identity, TemplateSymbols.PortKey, TemplateSymbols.Slot,
        TemplateSymbols.Root,
    ];

    private static readonly string[] Asked = [TemplateSymbols.DecideIngress, TemplateSymbols.DecideEgress];

    public static LlvmModuleHandle Parse(LlvmContext context, ReadOnlySpan<byte> bitcode)
    {
        if (bitcode.IsEmpty)
        {
            throw new CodeGenException(CodeGenDiagnostics.TemplateUnusable, "was not there when the compiler was built");
        }

        using var buffer = context.CopyToBuffer(bitcode, "policy.bc");
        var failed = Llvm.LLVMParseBitcodeInContext2(context.Handle, buffer, out var module) != 0;
        context.Check(failed, "could not read the template");
        foreach (var name in Provided.Concat(Asked))
        {
            var function = Llvm.LLVMGetNamedFunction(module, name);
            var mustBeDefined = Provided.Contains(name, StringComparer.Ordinal);
            if (function == 0 || (Llvm.LLVMIsDeclaration(function) == 0) != mustBeDefined)
            {
                module.Dispose();
                throw new CodeGenException(
                    CodeGenDiagnostics.TemplateUnusable, $"does not {(mustBeDefined ? "define" : "leave to the compiler")} the function {name}");
            }
        }

        DropVariableLocations(module);
        return module;
    }

    /// <summary>Moves the decision into the template's module and makes all but the programs, their data and their subprograms internal.</summary>
    public static void Link(LlvmContext context, LlvmModuleHandle template, LlvmModuleHandle decision, KernelAlternatives alternatives)
    {
        var source = decision.DangerousGetHandle();
        decision.SetHandleAsInvalid();
        context.Check(Llvm.LLVMLinkModules2(template, source) != 0, "could not link the decision into the template");

        // They hold on to every function the C source marked as used, which would stay as dead code beside the programs.
        foreach (var list in new[] { "llvm.used", "llvm.compiler.used" })
        {
            var global = Llvm.LLVMGetNamedGlobal(template, list);
            if (global != 0)
            {
                Llvm.LLVMDeleteGlobal(global);
            }
        }

        InternaliseFunctions(context, template, keepsGlobal: !alternatives.HasFlag(KernelAlternatives.StaticFunctions));
        InternaliseGlobals(template, keepsLocks: alternatives.HasFlag(KernelAlternatives.Locks));
    }

    // Where variables live is for DWARF only, and to keep track of it is half of LLVM's work on a program of this size.
    private static void DropVariableLocations(LlvmModuleHandle module)
    {
        Llvm.LLVMSetIsNewDbgInfoFormat(module, 0);
        foreach (var intrinsic in new[] { "llvm.dbg.value", "llvm.dbg.declare", "llvm.dbg.assign" })
        {
            var function = Llvm.LLVMGetNamedFunction(module, intrinsic);
            if (function == 0)
            {
                continue;
            }

            for (var use = Llvm.LLVMGetFirstUse(function); use != 0; use = Llvm.LLVMGetFirstUse(function))
            {
                Llvm.LLVMInstructionEraseFromParent(Llvm.LLVMGetUser(use));
            }

            Llvm.LLVMDeleteFunction(function);
        }

        Llvm.LLVMSetIsNewDbgInfoFormat(module, 1);
    }

    private static void InternaliseFunctions(LlvmContext context, LlvmModuleHandle module, bool keepsGlobal)
    {
        var noInline = Attribute("noinline"u8);
        var alwaysInline = Llvm.LLVMCreateEnumAttribute(context.Handle, Attribute("alwaysinline"u8), 0);
        for (var function = Llvm.LLVMGetFirstFunction(module); function != 0; function = Llvm.LLVMGetNextFunction(function))
        {
            var name = NameOf(function);
            if (Llvm.LLVMIsDeclaration(function) != 0 || name is BpfObject.FromEndpoint or BpfObject.ToEndpoint)
            {
                continue;
            }

            // What the template keeps out of line stays global: the verifier walks a global function once, by itself.
            // libbpf declares hidden ones static to the kernel, which walks them with each caller.
            if (Llvm.LLVMGetEnumAttributeAtIndex(function, Llvm.LLVMAttributeFunctionIndex, noInline) != 0)
            {
                if (!keepsGlobal)
                {
                    Llvm.LLVMSetVisibility(function, Llvm.LLVMHiddenVisibility);
                }

                continue;
            }

            Llvm.LLVMSetLinkage(function, Llvm.LLVMInternalLinkage);
            Llvm.LLVMAddAttributeAtIndex(function, Llvm.LLVMAttributeFunctionIndex, alwaysInline);
        }
    }

    // A map without use goes with the internal globals; libbpf would create it.
    private static void InternaliseGlobals(LlvmModuleHandle module, bool keepsLocks)
    {
        for (var global = Llvm.LLVMGetFirstGlobal(module); global != 0; global = Llvm.LLVMGetNextGlobal(global))
        {
            var section = Marshal.PtrToStringUTF8((nint)Llvm.LLVMGetSection(global));
            var name = NameOf(global);
            var kept = name switch
            {
                TemplateSymbols.Endpoint => true,
                TemplateSymbols.Locks => keepsLocks,
                _ => section is TemplateSymbols.MapSection or TemplateSymbols.LicenseSection,
            };
            if (!kept && Llvm.LLVMIsDeclaration(global) == 0)
            {
                Llvm.LLVMSetLinkage(global, Llvm.LLVMInternalLinkage);
            }
        }
    }

    private static uint Attribute(ReadOnlySpan<byte> name)
    {
        fixed (byte* text = name)
        {
            return Llvm.LLVMGetEnumAttributeKindForName(text, (nuint)name.Length);
        }
    }

    private static string NameOf(LLVMValueRef value)
    {
        var name = Llvm.LLVMGetValueName2(value, out var length);
        return Encoding.UTF8.GetString(name, checked((int)length));
    }
}
