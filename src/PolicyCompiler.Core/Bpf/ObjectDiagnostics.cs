using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Findings of the readers of object files.</summary>
public static class ObjectDiagnostics
{
    public static readonly DiagnosticDescriptor Malformed = new(
        "NP4010", DiagnosticSeverity.Error, "An object file is malformed",
        "object '{0}' is not a BPF object this version can read: {1}");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [Malformed];
}
