using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>
/// policy.networking.k8s.io AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy, with every check of
/// their resource definitions, and none but known fields.
/// </summary>
internal sealed class AdminPolicyReader
{
    public const string BaselineName = "default";

    private readonly FieldReader _fields;
    private readonly MetadataReader _metadata;
    private readonly AdminConstraints _constraints;
    private readonly AdminPodsReader _pods;
    private readonly AdminRuleReader _rules;

    public AdminPolicyReader(FieldReader fields, LabelReader labels, MetadataReader metadata)
    {
        _fields = fields;
        _metadata = metadata;
        _constraints = new AdminConstraints(fields);
        _pods = new AdminPodsReader(fields, labels, _constraints);
        _rules = new AdminRuleReader(fields, labels, _constraints);
    }

    /// <summary>Null when it has no name or no subject, which has been reported.</summary>
    public AdminPolicy? Read(YamlMapping item, AdminVariant variant)
    {
        _fields.CheckFields(item, variant.Called, AdminFields.PolicyObject);
        var meta = _metadata.ReadPolicy(item, variant.Kind);
        CheckMetadata(item, variant, meta);
        if (_constraints.RequiredMapping(item, "spec", variant.Called, "") is not { } spec)
        {
            return null;
        }

        _fields.CheckFields(spec, "the spec", variant.SpecFields);
        var tier = ReadTier(spec, variant);
        var (priority, prioritySpan) = ReadPriority(spec, variant);
        var subject = ReadSubject(spec, variant);
        var ingress = _rules.Read(spec, variant, tier, isEgress: false);
        var egress = _rules.Read(spec, variant, tier, isEgress: true);
        return meta is null || subject is null
            ? null
            : new AdminPolicy(
                variant.Kind, meta.Name, tier ?? Tier.Admin, priority, prioritySpan ?? meta.Span, subject, ingress, egress, meta.Span);
    }

    private void CheckMetadata(YamlMapping item, AdminVariant variant, ObjectMetadata? meta)
    {
        if (item.Find("metadata") is YamlMapping metadata
            && FieldReader.Find(metadata, "namespace") is YamlScalar { Kind: ScalarKind.String, Text.Length: > 0 } ns)
        {
            _fields.Findings.ReportField(AdminDiagnostics.NamespaceOfClusterKind, ns, variant.Called);
        }

        if (variant.IsBaselineKind && meta is not null && meta.Name != BaselineName)
        {
            _fields.Findings.Report(AdminDiagnostics.BaselineName, meta.Span, Quote.Shorten(meta.Name));
        }
    }

    private Tier? ReadTier(YamlMapping spec, AdminVariant variant)
    {
        if (!variant.IsCluster)
        {
            return variant.IsBaselineKind ? Tier.Baseline : Tier.Admin;
        }

        var words = AdminConstraints.Words(AdminFields.Tiers);
        if (_constraints.Required(spec, "tier", "the spec", $": {words}") is null || _fields.Text(spec, "tier") is not { } node)
        {
            return null;
        }

        if (AdminFields.Tiers.Contains(node.Text, StringComparer.Ordinal))
        {
            return Enum.Parse<Tier>(node.Text);
        }

        _fields.Findings.ReportField(
            AdminDiagnostics.UnknownTier, node, Quote.Shorten(node.Text), words, Suggestion.Clause(node.Text, AdminFields.Tiers));
        return null;
    }

    private (int Priority, SourceSpan? Span) ReadPriority(YamlMapping spec, AdminVariant variant)
    {
        if (variant.IsBaselineKind || _constraints.Required(spec, "priority", "the spec", ", a whole number from 0 to 1000") is not { } node)
        {
            return (0, null);
        }

        if (_fields.IsInteger(node, out var value) && value is < 0 or > AdminFields.MaxPriority)
        {
            _fields.Findings.ReportField(AdminDiagnostics.PriorityOutOfRange, node, ((YamlScalar)node).Text, AdminFields.MaxPriority);
        }

        return ((int)Math.Clamp(value, 0, AdminFields.MaxPriority), node.Span);
    }

    private AdminPods? ReadSubject(YamlMapping spec, AdminVariant variant)
    {
        if (_constraints.RequiredMapping(spec, "subject", "the spec", "; every pod is {namespaces: {}}") is not { } subject)
        {
            return null;
        }

        return _constraints.OneOf(subject, "a subject", AdminFields.Subject) is { } form
            ? _pods.Read(subject, form, variant, isPeer: false)
            : null;
    }
}
