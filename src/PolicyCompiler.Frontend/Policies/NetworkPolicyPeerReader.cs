using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies;

/// <summary>Items of a rule's <c>from</c> or <c>to</c>.</summary>
internal sealed class NetworkPolicyPeerReader(FieldReader fields, LabelReader labels)
{
    private readonly CidrReader _cidrs = new(fields);

    public NetworkPolicyPeer Read(YamlMapping item)
    {
        fields.CheckFields(item, "a peer", NetworkPolicyFields.Peer);
        var written = NetworkPolicyFields.Peer.Count(f => FieldReader.Find(item, f) is not null);

        // A peer with only a misspelt field has had its error.
        if (written == 0 && FieldReader.HasOnly(item, NetworkPolicyFields.Peer))
        {
            fields.Findings.ReportField(PolicyDiagnostics.EmptyPeer, item);
        }

        if (written > 1 && FieldReader.Find(item, "ipBlock") is { } block)
        {
            var other = NetworkPolicyFields.Peer.First(f => FieldReader.Find(item, f) is not null);
            fields.Findings.ReportField(PolicyDiagnostics.BlockWithSelector, block, other);
        }

        return new NetworkPolicyPeer(
            fields.Mapping(item, "podSelector") is { } pods ? labels.ReadSelector(pods) : null,
            fields.Mapping(item, "namespaceSelector") is { } namespaces ? labels.ReadSelector(namespaces) : null,
            fields.Mapping(item, "ipBlock") is { } addresses ? ReadBlock(addresses) : null,
            item.Span);
    }

    private IpBlock? ReadBlock(YamlMapping block)
    {
        fields.CheckFields(block, "an ipBlock", NetworkPolicyFields.Block);
        IpPrefix? cidr = null;
        if (FieldReader.Find(block, "cidr") is not { } node || node is YamlScalar { Text.Length: 0 })
        {
            fields.Findings.ReportField(PolicyDiagnostics.CidrMissing, block.Find("cidr") ?? block);
        }
        else
        {
            cidr = _cidrs.ReadPrefix(node);
        }

        var except = ImmutableArray.CreateBuilder<IpPrefix>();
        foreach (var item in fields.Items(block, "except"))
        {
            if (_cidrs.ReadPrefix(item) is not { } prefix)
            {
                continue;
            }

            if (cidr is { } outer && (!outer.Contains(prefix) || outer.Length == prefix.Length))
            {
                fields.Findings.ReportField(PolicyDiagnostics.ExceptNotInside, item, ((YamlScalar)item).Text, outer);
            }

            except.Add(prefix);
        }

        return cidr is { } known ? new IpBlock(known, except.DrainToImmutable(), block.Span) : null;
    }
}
