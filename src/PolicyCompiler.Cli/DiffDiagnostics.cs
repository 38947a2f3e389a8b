using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli;

internal static class DiffDiagnostics
{
    public static readonly DiagnosticDescriptor Forbidden = new(
        "NP0056",
        DiagnosticSeverity.Error,
        "Differences that are not wanted",
        "{0}: --fail-on {1} forbids that; correct the policies, or tolerate the flows in the list of --allow");

    public static readonly DiagnosticDescriptor Unwanted = new(
        "NP0059",
        DiagnosticSeverity.Error,
        "Difference that is not wanted",
        "{0}: {1} from {2} to {3}: {4} -> {5}, such as {6}");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [Forbidden, Unwanted];
}
