using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Inputs;

public static class InputDiagnostics
{
    public static readonly DiagnosticDescriptor NotFound = new(
        "NP0001",
        DiagnosticSeverity.Error,
        "Input not found",
        "'{0}' does not exist; name a YAML or JSON file, a directory, or - for standard input");

    public static readonly DiagnosticDescriptor Unreadable = new(
        "NP0002",
        DiagnosticSeverity.Error,
        "Input cannot be read",
        "'{0}' cannot be read: {1}");

    public static readonly DiagnosticDescriptor EmptyDirectory = new(
        "NP0003",
        DiagnosticSeverity.Error,
        "No input files",
        "'{0}' and its subdirectories have no .yaml, .yml or .json file");

    public static readonly DiagnosticDescriptor NotUtf8 = new(
        "NP0004",
        DiagnosticSeverity.Error,
        "Input is not UTF-8",
        "'{0}' is not UTF-8 text (byte {1}); save it as UTF-8");

    public static readonly DiagnosticDescriptor TooLarge = new(
        "NP0005",
        DiagnosticSeverity.Error,
        "Input is too large",
        "'{0}' has {1:N0} bytes, more than the {2:N0} that a file may have; split it");

    public static readonly DiagnosticDescriptor NoAssertions = new(
        "NP0021",
        DiagnosticSeverity.Error,
        "No assertions",
        "there is no .flow file among {0}; write one, or name it with --assertions");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [NotFound, Unreadable, EmptyDirectory, NotUtf8, TooLarge, NoAssertions];
}
