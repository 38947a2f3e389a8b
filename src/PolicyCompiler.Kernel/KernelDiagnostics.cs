using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Kernel;

/// <summary>Findings of the kernel stage. NP5001 to NP5009: the environment lacks something; the others: the object is refused.</summary>
public static class KernelDiagnostics
{
    public static readonly DiagnosticDescriptor LibbpfMissing = new(
        "NP5001", DiagnosticSeverity.Error, "libbpf is not installed",
        "cannot ask the kernel verifier: libbpf.so.1 is not installed; get it with: apt-get install libbpf1");

    public static readonly DiagnosticDescriptor CapabilityMissing = new(
        "NP5002", DiagnosticSeverity.Error, "A capability is missing",
        "cannot ask the kernel verifier: this process lacks {0}; run as root, or: setcap {1}+ep on the executable");

    public static readonly DiagnosticDescriptor KernelRefusesBpf = new(
        "NP5003", DiagnosticSeverity.Error, "The kernel does not offer BPF",
        "cannot ask the kernel verifier: bpf(2) on kernel {0} answers {1}; {2}");

    public static readonly DiagnosticDescriptor Rejected = new(
        "NP5010", DiagnosticSeverity.Error, "The kernel verifier rejected a program",
        "the kernel verifier rejected program '{0}' of object '{1}': {2} (Linux {3})");

    public static readonly DiagnosticDescriptor NotLoadable = new(
        "NP5011", DiagnosticSeverity.Error, "An object cannot be loaded",
        "object '{0}' could not be loaded, and not for a reason of the verifier: {1}");

    public static readonly DiagnosticDescriptor FeatureMissing = new(
        "NP5012", DiagnosticSeverity.Error, "The kernel lacks a feature",
        "Linux {0} refuses {1}: it lacks {2}");

    /// <summary>All of them, in order of code.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
        [LibbpfMissing, CapabilityMissing, KernelRefusesBpf, Rejected, NotLoadable, FeatureMissing];

    /// <summary>True for findings that blame the environment and not the input (exit code 3).</summary>
    public static bool IsEnvironment(Diagnostic diagnostic) =>
        diagnostic.Descriptor == LibbpfMissing || diagnostic.Descriptor == CapabilityMissing
        || diagnostic.Descriptor == KernelRefusesBpf;
}
