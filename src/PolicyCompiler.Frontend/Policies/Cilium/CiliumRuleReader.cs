using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>A <c>spec</c> or an item of <c>specs</c>.</summary>
internal sealed class CiliumRuleReader(FieldReader fields, LabelReader labels)
{
    public const int MaxLogValue = 32;

    public static readonly string[] ItemLists = ["ingress", "ingressDeny", "egress", "egressDeny"];

    private const string UnknownSource = "unspec";

    private readonly CiliumSelectorReader _selectors = new(fields, labels);
    private readonly CiliumRuleItemReader _items = new(fields, labels);

    public CiliumRule Read(YamlMapping spec, int? specsIndex, bool isClusterwide)
    {
        fields.CheckFields(spec, "a rule", CiliumFields.Rule);
        var (endpoints, nodes) = ReadSubject(spec, isClusterwide);
        CheckItems(spec);
        var place = new RulePlace(IsEgress: false, IsDeny: false, IsHost: nodes is not null, isClusterwide);
        var defaultDeny = fields.Mapping(spec, "enableDefaultDeny");
        if (defaultDeny is not null)
        {
            fields.CheckFields(defaultDeny, "enableDefaultDeny", CiliumFields.DefaultDeny);
        }

        return new CiliumRule
        {
            SpecsIndex = specsIndex,
            EndpointSelector = endpoints,
            NodeSelector = nodes,
            Ingress = ReadItems(spec, place),
            IngressDeny = ReadItems(spec, place with { IsDeny = true }),
            Egress = ReadItems(spec, place with { IsEgress = true }),
            EgressDeny = ReadItems(spec, place with { IsEgress = true, IsDeny = true }),
            DefaultDenyIngress = ReadBoolean(defaultDeny, "ingress"),
            DefaultDenyEgress = ReadBoolean(defaultDeny, "egress"),
            Description = fields.Text(spec, "description") is { Text.Length: > 0 } description ? description.Text : null,
            LogValue = ReadLogValue(spec),
            Labels = [.. fields.Mappings(spec, "labels").Select(ReadLabel).OfType<string>()],
            Span = spec.Span,
        };
    }

    private (CiliumSelector? Endpoints, LabelSelector? Nodes) ReadSubject(YamlMapping spec, bool isClusterwide)
    {
        var (endpoints, nodes) = (FieldReader.Find(spec, "endpointSelector"), FieldReader.Find(spec, "nodeSelector"));
        if (nodes is not null && !isClusterwide)
        {
            fields.Findings.ReportField(CiliumDiagnostics.NodeSelectorInNamespace, nodes);
        }
        else if (nodes is not null && endpoints is not null)
        {
            fields.Findings.ReportField(CiliumDiagnostics.BothSelectors, nodes);
        }
        else if (nodes is null && endpoints is null)
        {
            fields.Findings.ReportField(
                CiliumDiagnostics.SelectorMissing, spec, isClusterwide ? " or nodeSelector" : "; {} selects every pod of the namespace");
        }

        return (
            fields.Mapping(spec, "endpointSelector") is { } endpointSelector ? _selectors.ReadEndpoints(endpointSelector) : null,
            fields.Mapping(spec, "nodeSelector") is { } nodeSelector ? _selectors.ReadNodes(nodeSelector) : null);
    }

    /// <summary>A rule without any item is most often an empty list that was meant to deny: the agent refuses it.</summary>
    private void CheckItems(YamlMapping spec)
    {
        var written = ItemLists.Select(l => FieldReader.Find(spec, l)).OfType<YamlNode>().ToList();
        if (written.TrueForAll(n => n is YamlSequence { Items.Count: 0 }))
        {
            fields.Findings.ReportField(CiliumDiagnostics.RuleWithoutItems, written.Count > 0 ? written[0] : spec);
        }
    }

    private ImmutableArray<CiliumRuleItem> ReadItems(YamlMapping spec, RulePlace place) =>
        [.. fields.Mappings(spec, place.Field).Select(i => _items.Read(i, place))];

    private bool? ReadBoolean(YamlMapping? mapping, string name) =>
        mapping is null || FieldReader.Find(mapping, name) is null ? null : fields.Boolean(mapping, name);

    private string? ReadLogValue(YamlMapping spec)
    {
        if (fields.Mapping(spec, "log") is not { } log)
        {
            return null;
        }

        fields.CheckFields(log, "log", CiliumFields.Log);
        if (fields.Text(log, "value") is not { Text.Length: > 0 } value)
        {
            return null;
        }

        var runes = value.Text.EnumerateRunes().ToList();
        if (runes.Count > MaxLogValue || runes.Exists(r => Rune.GetUnicodeCategory(r) is >= UnicodeCategory.Control
            and <= UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
        {
            fields.Findings.ReportField(CiliumDiagnostics.InvalidLogValue, value);
        }

        return value.Text;
    }

    private string? ReadLabel(YamlMapping label)
    {
        fields.CheckFields(label, "a label of a rule", CiliumFields.RuleLabel);
        var source = fields.Text(label, "source") is { Text.Length: > 0 } text ? text.Text : UnknownSource;
        var value = fields.Text(label, "value") is { } node ? FieldReader.Content(node) : "";
        if (fields.Text(label, "key") is { Text.Length: > 0 } key)
        {
            return $"{source}:{key.Text}={value}";
        }

        fields.Findings.ReportField(CiliumDiagnostics.RuleLabelWithoutKey, label);
        return null;
    }
}
