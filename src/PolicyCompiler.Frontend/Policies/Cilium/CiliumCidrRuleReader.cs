using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Items of fromCIDRSet and toCIDRSet.</summary>
internal sealed class CiliumCidrRuleReader(FieldReader fields, LabelReader labels)
{
    public static readonly string[] Members = ["cidr", "cidrGroupRef", "cidrGroupSelector"];

    private readonly CidrReader _cidrs = new(fields);

    public CiliumCidrRule Read(YamlMapping item)
    {
        fields.CheckFields(item, "an item of a CIDR set", CiliumFields.CidrRule);

        // The agent counts an empty text as absent.
        var written = Members.Where(m => FieldReader.Find(item, m) is { } node and not YamlScalar { Text.Length: 0 }).ToList();
        if (written.Count > 1 || (written.Count == 0 && FieldReader.HasOnly(item, CiliumFields.CidrRule)))
        {
            fields.Findings.ReportField(
                CiliumPeerDiagnostics.CidrRuleMembers, item, written.Count == 0 ? "none" : string.Join(" and ", written));
        }

        var cidr = written.Contains("cidr") ? _cidrs.ReadPrefix(FieldReader.Find(item, "cidr")!) : null;
        return new CiliumCidrRule(
            cidr,
            ReadGroupName(item),
            fields.Mapping(item, "cidrGroupSelector") is { } selector ? labels.ReadSelector(selector) : null,
            ReadExcept(item, cidr),
            item.Span);
    }

    private string? ReadGroupName(YamlMapping item)
    {
        if (fields.Text(item, "cidrGroupRef") is not { Text.Length: > 0 } name)
        {
            return null;
        }

        if (!KubernetesNames.IsDnsSubdomain(name.Text))
        {
            fields.Findings.ReportField(CiliumPeerDiagnostics.GroupNameInvalid, name, Quote.Shorten(name.Text));
        }

        return name.Text;
    }

    /// <summary>Beside a group only the syntax is checked: the exceptions are for whichever blocks it has.</summary>
    private ImmutableArray<IpPrefix> ReadExcept(YamlMapping item, IpPrefix? cidr)
    {
        var except = ImmutableArray.CreateBuilder<IpPrefix>();
        foreach (var node in fields.Items(item, "except"))
        {
            if (_cidrs.ReadPrefix(node) is not { } prefix)
            {
                continue;
            }

            if (cidr is { } outer && !outer.Contains(prefix))
            {
                fields.Findings.ReportField(CiliumPeerDiagnostics.ExceptOutside, node, ((YamlScalar)node).Text, outer);
            }

            except.Add(prefix);
        }

        return except.DrainToImmutable();
    }
}
