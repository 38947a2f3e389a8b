using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Lint;

/// <summary>Findings about <c>.policyc.yaml</c>.</summary>
public static class LintFileDiagnostics
{
    public static readonly DiagnosticDescriptor UnknownCode = new(
        "NP0070",
        DiagnosticSeverity.Error,
        "Severity of an unknown finding",
        "'{0}' is no finding whose severity can be set; see docs/lint.md for those that can");

    public static readonly DiagnosticDescriptor UnknownSeverity = new(
        "NP0071",
        DiagnosticSeverity.Error,
        "Unknown severity",
        "'{0}' is no severity; write error, warning, info or off");

    public static readonly DiagnosticDescriptor SecondDocument = new(
        "NP0072",
        DiagnosticSeverity.Error,
        "Configuration of several documents",
        "a configuration is one YAML document; this one would not be read");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [UnknownCode, UnknownSeverity, SecondDocument];
}
