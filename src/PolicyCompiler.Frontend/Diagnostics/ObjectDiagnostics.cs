using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about what a document is: its kind, API version and metadata.</summary>
public static class ObjectDiagnostics
{
    public static readonly DiagnosticDescriptor DocumentNotMapping = new(
        "NP1020", DiagnosticSeverity.Error, "Document is not an object",
        "this document is {0}; a Kubernetes object is a mapping with apiVersion and kind");

    public static readonly DiagnosticDescriptor NotAnObject = new(
        "NP1028", DiagnosticSeverity.Information, "Document without a Kubernetes object",
        "this document has no field of a Kubernetes object, so it is left out");

    public static readonly DiagnosticDescriptor KindMissing = new(
        "NP1021", DiagnosticSeverity.Error, "Object without kind",
        "the object has no kind");

    public static readonly DiagnosticDescriptor ApiVersionMissing = new(
        "NP1022", DiagnosticSeverity.Error, "Object without apiVersion",
        "the object of kind {0} has no apiVersion");

    public static readonly DiagnosticDescriptor UnknownKind = new(
        "NP1023", DiagnosticSeverity.Information, "Objects of other kinds are not read",
        "{0} of kind {1} left out: the kind has no part in network policy");

    public static readonly DiagnosticDescriptor UnsupportedPolicyKind = new(
        "NP1024", DiagnosticSeverity.Error, "Policy kind that is not supported",
        "{0} of {1} is a policy this version cannot compile; its rules would be lost");

    public static readonly DiagnosticDescriptor MisspeltPolicyKind = new(
        "NP1025", DiagnosticSeverity.Error, "Misspelt policy kind",
        "kind \"{0}\" is unknown; did you mean {1}?");

    public static readonly DiagnosticDescriptor PolicyStatedTwice = new(
        "NP1026", DiagnosticSeverity.Error, "Policy stated twice",
        "{0} {1} is already stated at {2}");

    public static readonly DiagnosticDescriptor ObjectStatedTwice = new(
        "NP1027", DiagnosticSeverity.Error, "Object stated twice",
        "{0} {1} is already stated at {2}");

    public static readonly DiagnosticDescriptor NameMissing = new(
        "NP1030", DiagnosticSeverity.Error, "Object without a name",
        "the {0} has no metadata.name");

    public static readonly DiagnosticDescriptor GenerateName = new(
        "NP1031", DiagnosticSeverity.Error, "Policy with a generated name",
        "generateName \"{0}\" gives a name only in a cluster; write metadata.name");

    public static readonly DiagnosticDescriptor InvalidName = new(
        "NP1032", DiagnosticSeverity.Error, "Name is not valid",
        "{0}: \"{1}\" is not a valid name: use at most 253 lower-case letters, digits, \"-\" and \".\", and begin and end each part with a letter or digit");

    public static readonly DiagnosticDescriptor InvalidNamespace = new(
        "NP1033", DiagnosticSeverity.Error, "Namespace name is not valid",
        "{0}: \"{1}\" is not a valid namespace name: use at most 63 lower-case letters, digits and \"-\", and begin and end with a letter or digit");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        DocumentNotMapping,
        NotAnObject,
        KindMissing,
        ApiVersionMissing,
        UnknownKind,
        UnsupportedPolicyKind,
        MisspeltPolicyKind,
        PolicyStatedTwice,
        ObjectStatedTwice,
        NameMissing,
        GenerateName,
        InvalidName,
        InvalidNamespace,
    ];
}
