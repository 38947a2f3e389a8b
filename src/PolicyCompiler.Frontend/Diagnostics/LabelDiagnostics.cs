using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about labels and label selectors.</summary>
public static class LabelDiagnostics
{
    public static readonly DiagnosticDescriptor InvalidLabelKey = new(
        "NP1131", DiagnosticSeverity.Error, "Label key is not valid",
        "{0}: \"{1}\" is not a label key: {2}");

    public static readonly DiagnosticDescriptor InvalidLabelValue = new(
        "NP1132", DiagnosticSeverity.Error, "Label value is not valid",
        "{0}: \"{1}\" is not a label value: use at most 63 letters, digits, \"-\", \"_\" and \".\", and begin and end with a letter or digit");

    public static readonly DiagnosticDescriptor UnknownOperator = new(
        "NP1133", DiagnosticSeverity.Error, "Unknown selector operator",
        "{0}: \"{1}\" is not a selector operator; write In, NotIn, Exists or DoesNotExist{2}");

    public static readonly DiagnosticDescriptor ValuesMissing = new(
        "NP1134", DiagnosticSeverity.Error, "Selector operator without values",
        "{0}: operator {1} needs at least one value");

    public static readonly DiagnosticDescriptor ValuesForbidden = new(
        "NP1135", DiagnosticSeverity.Error, "Selector operator with values",
        "{0}: operator {1} takes no values");

    public static readonly DiagnosticDescriptor OperatorMissing = new(
        "NP1136", DiagnosticSeverity.Error, "Selector requirement without operator",
        "{0}: the requirement has no operator; write In, NotIn, Exists or DoesNotExist");

    public static readonly DiagnosticDescriptor KeyMissing = new(
        "NP1137", DiagnosticSeverity.Error, "Selector requirement without key",
        "{0}: the requirement has no key");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        InvalidLabelKey,
        InvalidLabelValue,
        UnknownOperator,
        ValuesMissing,
        ValuesForbidden,
        OperatorMissing,
        KeyMissing,
    ];
}
