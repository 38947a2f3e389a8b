using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about YAML and JSON text, before any meaning is looked at.</summary>
public static class YamlDiagnostics
{
    public static readonly DiagnosticDescriptor Syntax = new(
        "NP1001", DiagnosticSeverity.Error, "Text is not valid YAML",
        "not valid YAML or JSON: {0}");

    public static readonly DiagnosticDescriptor UnknownAnchor = new(
        "NP1002", DiagnosticSeverity.Error, "Alias without anchor",
        "no anchor \"{0}\" stands above this alias in the same document");

    public static readonly DiagnosticDescriptor AliasesTooLarge = new(
        "NP1003", DiagnosticSeverity.Error, "Aliases expand too far",
        "the aliases of this file stand for more than {0} nodes");

    public static readonly DiagnosticDescriptor TooDeep = new(
        "NP1004", DiagnosticSeverity.Error, "Nesting too deep",
        "more than {0} levels of nesting");

    public static readonly DiagnosticDescriptor TooManyDocuments = new(
        "NP1005", DiagnosticSeverity.Error, "Too many documents in a file",
        "the file has more than {0} documents; the rest is not read");

    public static readonly DiagnosticDescriptor DuplicateKey = new(
        "NP1006", DiagnosticSeverity.Error, "Key stands twice",
        "key \"{0}\" already stands in line {1} of the same mapping; remove one of them");

    public static readonly DiagnosticDescriptor KeyNotText = new(
        "NP1007", DiagnosticSeverity.Error, "Key is not text",
        "{0} cannot be a key; keys are text");

    public static readonly DiagnosticDescriptor MergeNotMapping = new(
        "NP1008", DiagnosticSeverity.Error, "Merge key without a mapping",
        "\"<<\" merges a mapping or a list of mappings, but this is {0}");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        Syntax,
        UnknownAnchor,
        AliasesTooLarge,
        TooDeep,
        TooManyDocuments,
        DuplicateKey,
        KeyNotText,
        MergeNotMapping,
    ];
}
