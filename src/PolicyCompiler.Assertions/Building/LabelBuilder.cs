using PolicyCompiler.Assertions.Generated;
using PolicyCompiler.Assertions.Syntax;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Assertions.Building;

/// <summary>The trees of label conditions -> selectors as Kubernetes has them.</summary>
internal sealed class LabelBuilder(TokenText text, List<Diagnostic> findings)
{
    public LabelSelector Build(FlowParser.LabelsContext labels) => new([.. labels.label().Select(Build)], text.SpanOf(labels));

    private LabelRequirement Build(FlowParser.LabelContext label) => label switch
    {
        FlowParser.EqualityContext equality => Requirement(
            label, equality.key, equality.@operator.Text == "=" ? SelectorOperator.In : SelectorOperator.NotIn, [equality.value()]),
        FlowParser.MembershipContext membership => Requirement(
            label, membership.key, membership.@operator.Text == "in" ? SelectorOperator.In : SelectorOperator.NotIn, membership.value()),
        FlowParser.AbsenceContext absence => Requirement(label, absence.key, SelectorOperator.DoesNotExist, []),
        FlowParser.PresenceContext presence => Requirement(label, presence.key, SelectorOperator.Exists, []),
        _ => throw new InvalidOperationException($"label {label.GetText()}"),
    };

    private LabelRequirement Requirement(
        FlowParser.LabelContext label, FlowParser.WordContext key, SelectorOperator op, IEnumerable<FlowParser.ValueContext> values)
    {
        // What no label can be called would match nobody, or everybody, for ever.
        if (key.GetText().IndexOfAny([':', '*', '[', ']']) >= 0)
        {
            findings.Add(FlowDiagnostics.BadValue.At(text.SpanOf(key), key.GetText(), "label key", "NAME or PREFIX/NAME"));
        }

        return new LabelRequirement(key.GetText(), op, [.. values.Select(ValueOf)], text.SpanOf(label));
    }

    private static string ValueOf(FlowParser.ValueContext value) => value.STRING() is { } quoted ? TokenText.Unquoted(quoted.Symbol) : value.GetText();
}
