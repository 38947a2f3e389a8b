using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Assertions;

public static class FlowDiagnostics
{
    public static readonly DiagnosticDescriptor Syntax = new(
        "NP6001",
        DiagnosticSeverity.Error,
        "Not an assertion",
        "{0}");

    public static readonly DiagnosticDescriptor UnknownName = new(
        "NP6002",
        DiagnosticSeverity.Error,
        "Unknown name",
        "'{0}' is neither a variable that is defined above nor an entity{1}");

    public static readonly DiagnosticDescriptor NameTaken = new(
        "NP6003",
        DiagnosticSeverity.Error,
        "Name is taken",
        "{0} '{1}' {2}");

    public static readonly DiagnosticDescriptor Unused = new(
        "NP6004",
        DiagnosticSeverity.Warning,
        "Unused variable",
        "no assertion uses the variable '{0}'");

    public static readonly DiagnosticDescriptor BadValue = new(
        "NP6005",
        DiagnosticSeverity.Error,
        "Not a value of its kind",
        "'{0}' is no {1}; write {2}");

    public static readonly DiagnosticDescriptor NoAssertions = new(
        "NP6006",
        DiagnosticSeverity.Warning,
        "Test without assertions",
        "the test \"{0}\" asserts nothing");

    public static readonly DiagnosticDescriptor TooDeep = new(
        "NP6007",
        DiagnosticSeverity.Error,
        "Nested too deeply",
        "parentheses are nested more than {0} deep");

    public static readonly DiagnosticDescriptor NoTests = new(
        "NP6008",
        DiagnosticSeverity.Warning,
        "File without tests",
        "the file asserts nothing: it has no test");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [Syntax, UnknownName, NameTaken, Unused, BadValue, NoAssertions, TooDeep, NoTests];
}
