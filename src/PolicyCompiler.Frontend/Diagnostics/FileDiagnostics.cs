using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about a file as a whole.</summary>
public static class FileDiagnostics
{
    public static readonly DiagnosticDescriptor FileTooLarge = new(
        "NP0101", DiagnosticSeverity.Error, "Input file too large",
        "the file has {0} characters; at most {1} are read");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        FileTooLarge,
    ];
}
