using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about fields and their types.</summary>
public static class SchemaDiagnostics
{
    public static readonly DiagnosticDescriptor UnknownField = new(
        "NP1050", DiagnosticSeverity.Error, "Unknown field in a policy",
        "{0}: {1} has no field \"{2}\"{3}");

    public static readonly DiagnosticDescriptor WrongType = new(
        "NP1051", DiagnosticSeverity.Error, "Value of the wrong type",
        "{0} must be {1}, but this is {2}");

    public static readonly DiagnosticDescriptor TextExpected = new(
        "NP1052", DiagnosticSeverity.Error, "Text is needed",
        "{0} must be text, but without quotes {2} is {1}; write \"{2}\" in quotes");

    public static readonly DiagnosticDescriptor BooleanKey = new(
        "NP1053", DiagnosticSeverity.Error, "Key is read as a boolean",
        "{0}: without quotes kubectl reads the key {1} as a boolean; write \"{1}\" in quotes");

    public static readonly DiagnosticDescriptor NotWholeNumber = new(
        "NP1054", DiagnosticSeverity.Error, "Whole number is needed",
        "{0} must be a whole number, but this is {1}");

    public static readonly DiagnosticDescriptor LetterReadAsText = new(
        "NP1055", DiagnosticSeverity.Warning, "Single letter read as text",
        "{0}: {1} without quotes is read as text, here and further on in this file, but kubectl reads it as a boolean; write \"{1}\" in quotes");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        UnknownField,
        WrongType,
        TextExpected,
        BooleanKey,
        NotWholeNumber,
        LetterReadAsText,
    ];
}
