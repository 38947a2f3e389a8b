using System.Collections.Immutable;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>
/// cilium.io/v2 CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, with the checks of the API server and of the agent
/// (cilium: pkg/policy/api/rule_validation.go), and none but known fields.
/// </summary>
internal sealed class CiliumPolicyReader(FieldReader fields, LabelReader labels, MetadataReader metadata)
{
    public const string MisplacedField = "description";

    private readonly CiliumRuleReader _rules = new(fields, labels);

    /// <summary>Null when the policy has no name, which has been reported.</summary>
    public CiliumPolicy? Read(YamlMapping item, string kind)
    {
        var isClusterwide = kind == CiliumPolicy.ClusterwideKind;
        fields.CheckFields(item, $"a {kind}", [.. CiliumFields.Policy, MisplacedField]);
        if (item.Find(MisplacedField) is { } description)
        {
            fields.Findings.ReportField(CiliumDiagnostics.MisplacedDescription, description);
        }

        var meta = metadata.ReadPolicy(item, kind);
        if (isClusterwide)
        {
            ClusterScope.Check(fields, item, kind);
        }

        var rules = ImmutableArray.CreateBuilder<CiliumRule>();
        if (fields.Mapping(item, "spec") is { } spec)
        {
            rules.Add(_rules.Read(spec, specsIndex: null, isClusterwide));
        }

        var index = 0;
        foreach (var rule in fields.Mappings(item, "specs"))
        {
            rules.Add(_rules.Read(rule, index++, isClusterwide));
        }

        // A spec of the wrong type has had its error.
        if (FieldReader.Find(item, "spec") is null && FieldReader.Find(item, "specs") is null or YamlSequence { Items.Count: 0 })
        {
            fields.Findings.Report(CiliumDiagnostics.SpecMissing, FieldReader.Find(item, "specs")?.Span ?? item.Span, kind);
        }

        return meta is null
            ? null
            : new CiliumPolicy(kind, isClusterwide ? "" : meta.Namespace, meta.Name, rules.DrainToImmutable(), meta.Span);
    }
}
