using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>
/// The forms <c>namespaces</c> and <c>pods</c> of subjects and peers. Peers of the first v1alpha1 releases had one more
/// level; manifests in that form are still about, and to drop the unknown level, as an API server does, would select
/// every namespace. So it is read, with a warning; its other relations (sameLabels, notSameLabels) are unknown fields.
/// </summary>
internal sealed class AdminPodsReader(FieldReader fields, LabelReader labels, AdminConstraints constraints)
{
    /// <summary>Null when it is not a mapping or lacks a selector, which has been reported.</summary>
    /// <param name="parent">The subject or peer.</param>
    /// <param name="form"><c>namespaces</c> or <c>pods</c>.</param>
    /// <param name="variant">The kind of the policy.</param>
    /// <param name="isPeer">False for a subject.</param>
    public AdminPods? Read(YamlMapping parent, string form, AdminVariant variant, bool isPeer)
    {
        if (fields.Mapping(parent, form) is not { } node)
        {
            return null;
        }

        var mayBeEarly = isPeer && !variant.IsCluster;
        if (form == "namespaces")
        {
            var selector = mayBeEarly && ReadEarlyNamespaces(node, "namespaces: SELECTOR") is { } early ? early : labels.ReadSelector(node);
            return new AdminPods(selector, LabelSelector.Everything, node.Span);
        }

        return ReadPods(node, variant, mayBeEarly);
    }

    private AdminPods? ReadPods(YamlMapping node, AdminVariant variant, bool mayBeEarly)
    {
        LabelSelector? namespaces;
        if (mayBeEarly && FieldReader.Find(node, "namespaces") is YamlMapping early
            && ReadEarlyNamespaces(early, "pods: {namespaceSelector: SELECTOR, podSelector: SELECTOR}") is { } selector)
        {
            fields.CheckFields(node, "pods", AdminFields.EarlyPods);
            namespaces = selector;
        }
        else
        {
            fields.CheckFields(node, "pods", AdminFields.Pods);
            namespaces = variant.IsCluster && FieldReader.Find(node, "namespaceSelector") is null
                ? LabelSelector.Everything
                : ReadSelector(node, "namespaceSelector", "namespace", variant);
        }

        var pods = ReadSelector(node, "podSelector", "pod", variant);
        return namespaces is null || pods is null ? null : new AdminPods(namespaces, pods, node.Span);
    }

    private LabelSelector? ReadEarlyNamespaces(YamlMapping node, string form)
    {
        if (FieldReader.Find(node, "namespaceSelector") is not YamlMapping selector)
        {
            return null;
        }

        fields.CheckFields(node, "namespaces", AdminFields.EarlyNamespaces);
        fields.Findings.ReportField(AdminDiagnostics.EarlyForm, selector, form);
        return labels.ReadSelector(selector);
    }

    /// <summary>
    /// A required selector. v1alpha1 manifests often leave one of the two out; API servers refuse them, tools that read
    /// them decode what is absent as empty, and so does this one.
    /// </summary>
    private LabelSelector? ReadSelector(YamlMapping node, string name, string thing, AdminVariant variant)
    {
        if (FieldReader.Find(node, name) is not null)
        {
            return fields.Mapping(node, name) is { } selector ? labels.ReadSelector(selector) : null;
        }

        if (variant.IsCluster || !AdminFields.Pods.Concat(AdminFields.EarlyPods).Any(f => FieldReader.Find(node, f) is not null))
        {
            constraints.Required(node, name, "pods", $"; {{}} is every {thing}");
            return null;
        }

        fields.Findings.ReportField(AdminDiagnostics.SelectorMissing, node, name, thing);
        return LabelSelector.Everything;
    }
}
