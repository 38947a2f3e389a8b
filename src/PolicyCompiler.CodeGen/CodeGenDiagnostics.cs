using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.CodeGen;

/// <summary>Findings of code generation. NP4001: the environment lacks something; the others are defects of a build or of LLVM.</summary>
public static class CodeGenDiagnostics
{
    public static readonly DiagnosticDescriptor LlvmMissing = new(
        "NP4001", DiagnosticSeverity.Error, "LLVM is not installed",
        "cannot generate BPF code: libLLVM.so.19.1 is not installed; get it with: apt-get install libllvm19");

    public static readonly DiagnosticDescriptor LayoutMismatch = new(
        "NP4002", DiagnosticSeverity.Error, "Template and compiler disagree on a layout",
        "the template's {0} {1}, but this compiler expects {2}; rebuild bpf-templates/prebuilt from the same source as the compiler");

    public static readonly DiagnosticDescriptor LlvmRefused = new(
        "NP4003", DiagnosticSeverity.Error, "LLVM refused generated code",
        "object '{0}': LLVM {1}: {2}");

    public static readonly DiagnosticDescriptor TemplateUnusable = new(
        "NP4004", DiagnosticSeverity.Error, "The template is missing or incomplete",
        "the datapath template {0}; rebuild it with bpf-templates/build.sh and then the compiler");

    public static readonly DiagnosticDescriptor LlvmWarning = new(
        "NP4005", DiagnosticSeverity.Warning, "LLVM warns about generated code",
        "object '{0}': LLVM warns: {1}");

    /// <summary>All of them, in order of code.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
        [LlvmMissing, LayoutMismatch, LlvmRefused, TemplateUnusable, LlvmWarning];

    /// <summary>True for findings that blame the environment and not the input (exit code 3).</summary>
    public static bool IsEnvironment(Diagnostic diagnostic) => diagnostic.Descriptor == LlvmMissing;
}
