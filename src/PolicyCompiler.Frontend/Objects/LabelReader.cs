using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Objects;

/// <summary>Labels of objects and label selectors.</summary>
internal sealed class LabelReader(FieldReader fields)
{
    public static readonly string[] SelectorFields = ["matchLabels", "matchExpressions"];
    public static readonly string[] RequirementFields = ["key", "operator", "values"];
    public static readonly string[] Operators = ["In", "NotIn", "Exists", "DoesNotExist"];

    /// <summary>The mapping of labels <paramref name="name"/> of <paramref name="parent"/>.</summary>
    public LabelSet ReadLabels(YamlMapping parent, string name = "labels")
    {
        if (fields.Mapping(parent, name) is not { Entries.Count: > 0 } labels)
        {
            return LabelSet.Empty;
        }

        var result = new List<KeyValuePair<string, string>>(labels.Entries.Count);
        foreach (var (key, value) in labels.Entries)
        {
            if (IsLabelKey(key, value, KubernetesNames.LabelKeyProblem) && ReadValue(value) is { } text)
            {
                result.Add(KeyValuePair.Create(key.Text, text));
            }
        }

        return new LabelSet(result);
    }

    /// <summary>A LabelSelector of a policy (meta/v1); unknown fields are errors.</summary>
    public LabelSelector ReadSelector(YamlMapping selector) => ReadSelector(selector, KubernetesNames.LabelKeyProblem);

    /// <summary>
    /// The same where keys have a syntax of their own: <paramref name="keyProblem"/> says what is wrong with one, or null.
    /// </summary>
    public LabelSelector ReadSelector(YamlMapping selector, Func<string, string?> keyProblem)
    {
        fields.CheckFields(selector, "a label selector", SelectorFields);
        var requirements = new List<LabelRequirement>();
        if (fields.Mapping(selector, "matchLabels") is { } labels)
        {
            foreach (var (key, value) in labels.Entries)
            {
                if (IsLabelKey(key, value, keyProblem) && ReadValue(value) is { } text)
                {
                    requirements.Add(new LabelRequirement(key.Text, SelectorOperator.In, [text], key.Span));
                }
            }
        }

        foreach (var expression in fields.Mappings(selector, "matchExpressions"))
        {
            if (ReadRequirement(expression, keyProblem) is { } requirement)
            {
                requirements.Add(requirement);
            }
        }

        return new LabelSelector([.. requirements], selector.Span);
    }

    private LabelRequirement? ReadRequirement(YamlMapping expression, Func<string, string?> keyProblem)
    {
        fields.CheckFields(expression, "a selector requirement", RequirementFields);
        var key = ReadKey(expression, keyProblem);
        var selectorOperator = ReadOperator(expression);
        var values = new List<string>();
        var items = fields.Items(expression, "values");
        foreach (var item in items)
        {
            if (ReadValue(item) is { } value)
            {
                values.Add(value);
            }
        }

        if (selectorOperator is SelectorOperator.In or SelectorOperator.NotIn && items.Count == 0)
        {
            fields.Findings.ReportField(LabelDiagnostics.ValuesMissing, expression.Find("values") ?? expression, selectorOperator);
        }
        else if (selectorOperator is SelectorOperator.Exists or SelectorOperator.DoesNotExist && items.Count > 0)
        {
            fields.Findings.ReportField(LabelDiagnostics.ValuesForbidden, expression.Find("values")!, selectorOperator);
        }

        return key is null || selectorOperator is not { } known ? null : new LabelRequirement(key, known, [.. values], expression.Span);
    }

    private string? ReadKey(YamlMapping expression, Func<string, string?> keyProblem)
    {
        if (FieldReader.Find(expression, "key") is not { } node)
        {
            fields.Findings.ReportField(LabelDiagnostics.KeyMissing, expression);
            return null;
        }

        return fields.IsText(node, out var text) && HasKeySyntax(text, text, keyProblem) ? text.Text : null;
    }

    private SelectorOperator? ReadOperator(YamlMapping expression)
    {
        if (FieldReader.Find(expression, "operator") is not { } node)
        {
            fields.Findings.ReportField(LabelDiagnostics.OperatorMissing, expression);
            return null;
        }

        if (!fields.IsText(node, out var text))
        {
            return null;
        }

        var index = Array.IndexOf(Operators, text.Text);
        if (index < 0)
        {
            fields.Findings.ReportField(
                LabelDiagnostics.UnknownOperator, node, Quote.Shorten(text.Text), Suggestion.Clause(text.Text, Operators));
            return null;
        }

        return (SelectorOperator)index;
    }

    private bool IsLabelKey(YamlScalar key, YamlNode value, Func<string, string?> keyProblem)
    {
        if (key.Kind == ScalarKind.Boolean)
        {
            fields.Findings.Report(SchemaDiagnostics.BooleanKey, key.Span, YamlPath.Of(value), key.Text);
            return false;
        }

        return HasKeySyntax(key, value, keyProblem);
    }

    private bool HasKeySyntax(YamlScalar key, YamlNode place, Func<string, string?> keyProblem)
    {
        if (keyProblem(key.Text) is not { } problem)
        {
            return true;
        }

        fields.Findings.Report(LabelDiagnostics.InvalidLabelKey, key.Span, YamlPath.Of(place), Quote.Shorten(key.Text), problem);
        return false;
    }

    private string? ReadValue(YamlNode node)
    {
        if (!fields.IsText(node, out var text))
        {
            return null;
        }

        var value = FieldReader.Content(text);
        if (KubernetesNames.IsLabelValue(value))
        {
            return value;
        }

        fields.Findings.ReportField(LabelDiagnostics.InvalidLabelValue, node, Quote.Shorten(value));
        return null;
    }
}
