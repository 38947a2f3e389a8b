using System.Collections.Immutable;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Items of ingress, ingressDeny, egress and egressDeny.</summary>
internal sealed class CiliumRuleItemReader(FieldReader fields, LabelReader labels)
{
    private readonly CiliumSelectorReader _selectors = new(fields, labels);
    private readonly CiliumPeerReader _peers = new(fields, labels);
    private readonly CiliumPortRuleReader _ports = new(fields);
    private readonly CiliumIcmpReader _icmps = new(fields);
    private readonly CiliumAuthenticationReader _authentication = new(fields);

    public CiliumRuleItem Read(YamlMapping item, RulePlace place)
    {
        CheckFields(item, place);
        CheckPeers(item, place);
        if (FieldReader.Find(item, "icmps") is YamlSequence { Items.Count: > 0 } written
            && FieldReader.Find(item, "toPorts") is YamlSequence { Items.Count: > 0 })
        {
            fields.Findings.ReportField(CiliumPortDiagnostics.IcmpWithPorts, written);
        }

        var direction = place.IsEgress ? "to" : "from";
        return new CiliumRuleItem
        {
            Endpoints = IfWritten(item, direction + "Endpoints", _selectors.ReadEndpointList),
            Cidrs = IfWritten(item, direction + "CIDR", _peers.ReadCidrs),
            CidrSets = IfWritten(item, direction + "CIDRSet", _peers.ReadCidrSets),
            Entities = IfWritten(item, direction + "Entities", _peers.ReadEntities),
            Nodes = IfWritten(item, direction + "Nodes", _selectors.ReadNodeList),
            Services = place.IsEgress ? IfWritten(item, "toServices", _peers.ReadServices) : null,
            Names = place is { IsEgress: true, IsDeny: false } ? IfWritten(item, "toFQDNs", _peers.ReadNames) : null,
            ToPorts = [.. fields.Mappings(item, "toPorts").Select(p => _ports.Read(p, place))],
            Icmps = _icmps.Read(item),
            Authentication = place.IsDeny ? null : _authentication.Read(item),
            Span = item.Span,
        };
    }

    private static ImmutableArray<T>? IfWritten<T>(YamlMapping item, string name, Func<YamlMapping, string, ImmutableArray<T>> read) =>
        FieldReader.Find(item, name) is null ? null : read(item, name);

    private void CheckFields(YamlMapping item, RulePlace place)
    {
        var known = place.IsEgress ? CiliumFields.Egress : CiliumFields.Ingress;
        var retired = place.IsEgress ? CiliumFields.RetiredEgress : CiliumFields.RetiredIngress;
        fields.CheckFields(item, $"an item of {place.Field}", [.. known, .. retired]);
        foreach (var (key, value) in item.Entries.Where(e => FieldReader.Find(item, e.Key.Text) is not null))
        {
            switch (key.Text)
            {
                case "fromRequires" when !place.IsEgress:
                case "toRequires" when place.IsEgress:
                    var endpoints = place.IsEgress ? "toEndpoints" : "fromEndpoints";
                    fields.Findings.ReportField(
                        CiliumDiagnostics.RemovedField, value, key.Text, $"put its requirements into every selector of {endpoints}");
                    break;
                case "fromGroups" when !place.IsEgress:
                case "toGroups" when place.IsEgress:
                    fields.Findings.ReportField(
                        CiliumDiagnostics.CloudGroups, value, key.Text, place.IsEgress ? "toCIDRSet" : "fromCIDRSet");
                    break;
                case "auth" when place.IsDeny:
                case var name when place.IsDeny && known.Contains(name) && CiliumFields.AllowOnly.Contains(name, StringComparer.Ordinal):
                    fields.Findings.ReportField(CiliumDiagnostics.NotInDenyRule, value, key.Text);
                    break;
            }
        }
    }

    /// <summary>
    /// An empty list beside another is refused, too: to Cilium the item then selects nobody, which nobody writes it for.
    /// </summary>
    private void CheckPeers(YamlMapping item, RulePlace place)
    {
        var peers = place.IsEgress ? CiliumFields.EgressPeers : CiliumFields.IngressPeers;
        YamlScalar? first = null;
        foreach (var (key, value) in item.Entries.Where(e => peers.Contains(e.Key.Text, StringComparer.Ordinal)))
        {
            if (FieldReader.Find(item, key.Text) is null)
            {
                continue;
            }

            if (first is not null)
            {
                fields.Findings.ReportField(CiliumPeerDiagnostics.PeersCombined, value, key.Text, first.Text);
                return;
            }

            first = key;
        }
    }
}
