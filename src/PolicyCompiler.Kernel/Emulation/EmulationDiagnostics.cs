using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>Findings about kernels that are asked in an emulator. None of them says anything about the programs.</summary>
public static class EmulationDiagnostics
{
    public static readonly DiagnosticDescriptor NoResult = new(
        "NP5030", DiagnosticSeverity.Error, "A kernel gave no result",
        "kernel '{0}' gave no result: {1}; that says nothing about the programs");

    public static readonly DiagnosticDescriptor EmulatorMissing = new(
        "NP5031", DiagnosticSeverity.Error, "Kernels cannot be emulated",
        "cannot boot kernel '{0}' in an emulator: {1}");

    public static readonly DiagnosticDescriptor KernelUnavailable = new(
        "NP5032", DiagnosticSeverity.Error, "A kernel cannot be fetched",
        "cannot fetch kernel '{0}': {1}");

    public static readonly DiagnosticDescriptor NotAKernel = new(
        "NP5033", DiagnosticSeverity.Error, "Not a kernel image",
        "'{0}' is no kernel image: {1}; name a bzImage (vmlinuz), debian:VERSION, or running");

    /// <summary>All of them, in order of code.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [NoResult, EmulatorMissing, KernelUnavailable, NotAKernel];

    /// <summary>True for findings that blame the environment and not the input (exit code 3).</summary>
    public static bool IsEnvironment(Diagnostic diagnostic) => diagnostic.Descriptor == NoResult
        || diagnostic.Descriptor == EmulatorMissing || diagnostic.Descriptor == KernelUnavailable;
}
