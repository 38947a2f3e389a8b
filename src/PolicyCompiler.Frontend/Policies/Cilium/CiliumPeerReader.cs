using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Peers of an item that are not selectors.</summary>
internal sealed class CiliumPeerReader(FieldReader fields, LabelReader labels)
{
    private static readonly string[] EntityNames = [.. Core.Model.Entities.AllNames];

    private readonly CidrReader _cidrs = new(fields);
    private readonly CiliumCidrRuleReader _cidrRules = new(fields, labels);
    private readonly CiliumSelectorReader _selectors = new(fields, labels);
    private readonly NamePatternReader _names = new(fields);

    /// <summary>fromCIDR and toCIDR: blocks or bare addresses.</summary>
    public ImmutableArray<IpBlock> ReadCidrs(YamlMapping item, string name)
    {
        var blocks = ImmutableArray.CreateBuilder<IpBlock>();
        foreach (var node in fields.Items(item, name))
        {
            if (_cidrs.ReadPrefixOrAddress(node) is { } block)
            {
                blocks.Add(new IpBlock(block, [], node.Span));
            }
        }

        return blocks.DrainToImmutable();
    }

    public ImmutableArray<CiliumCidrRule> ReadCidrSets(YamlMapping item, string name) =>
        [.. fields.Mappings(item, name).Select(_cidrRules.Read)];

    public ImmutableArray<CiliumEntity> ReadEntities(YamlMapping item, string name)
    {
        var entities = ImmutableArray.CreateBuilder<CiliumEntity>();
        foreach (var node in fields.Items(item, name))
        {
            if (!fields.IsText(node, out var text))
            {
                continue;
            }

            if (Core.Model.Entities.TryParse(text.Text, out var entity))
            {
                entities.Add(new CiliumEntity(entity, node.Span));
            }
            else
            {
                fields.Findings.ReportField(
                    CiliumPeerDiagnostics.UnknownEntity, node, Quote.Shorten(text.Text), Suggestion.Clause(text.Text, EntityNames));
            }
        }

        return entities.DrainToImmutable();
    }

    public ImmutableArray<NamePattern> ReadNames(YamlMapping item, string name)
    {
        RefuseEmpty(item, name);
        return [.. fields.Mappings(item, name).SelectMany(n => _names.Read(n, takeBoth: false))];
    }

    public ImmutableArray<CiliumServiceReference> ReadServices(YamlMapping item, string name)
    {
        RefuseEmpty(item, name);
        return [.. fields.Mappings(item, name).Select(ReadService).OfType<CiliumServiceReference>()];
    }

    /// <summary>Unlike other peers, Cilium does not tell an empty list of these from an absent one.</summary>
    private void RefuseEmpty(YamlMapping item, string name)
    {
        if (FieldReader.Find(item, name) is YamlSequence { Items.Count: 0 } empty)
        {
            fields.Findings.ReportField(CiliumPeerDiagnostics.EmptyPeers, empty, name);
        }
    }

    private CiliumServiceReference? ReadService(YamlMapping item)
    {
        fields.CheckFields(item, "an item of toServices", CiliumFields.Service);
        var byName = fields.Mapping(item, "k8sService");
        var bySelector = fields.Mapping(item, "k8sServiceSelector");
        if (byName is null == bySelector is null)
        {
            if (byName is not null || FieldReader.HasOnly(item, CiliumFields.Service))
            {
                fields.Findings.ReportField(CiliumPeerDiagnostics.ServiceMembers, item);
            }

            return null;
        }

        return byName is not null ? ReadServiceName(byName, item) : ReadServiceSelector(bySelector!, item);
    }

    private CiliumServiceReference? ReadServiceName(YamlMapping service, YamlMapping item)
    {
        fields.CheckFields(service, "a k8sService", CiliumFields.ServiceName);
        if (fields.Text(service, "serviceName") is { Text.Length: > 0 } name)
        {
            return new CiliumServiceReference(name.Text, null, ReadNamespace(service), item.Span);
        }

        fields.Findings.ReportField(CiliumPeerDiagnostics.ServiceMissing, service, "serviceName");
        return null;
    }

    private CiliumServiceReference? ReadServiceSelector(YamlMapping service, YamlMapping item)
    {
        fields.CheckFields(service, "a k8sServiceSelector", CiliumFields.ServiceSelector);
        if (FieldReader.Find(service, "selector") is null)
        {
            fields.Findings.ReportField(CiliumPeerDiagnostics.ServiceMissing, service, "selector");
        }

        return fields.Mapping(service, "selector") is { } selector
            ? new CiliumServiceReference(null, _selectors.ReadNodes(selector), ReadNamespace(service), item.Span)
            : null;
    }

    private string ReadNamespace(YamlMapping service) => fields.Text(service, "namespace")?.Text ?? "";
}
