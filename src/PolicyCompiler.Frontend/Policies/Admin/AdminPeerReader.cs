using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>Items of a rule's <c>from</c> or <c>to</c>.</summary>
internal sealed class AdminPeerReader(FieldReader fields, LabelReader labels, AdminConstraints constraints)
{
    private const string DomainNames = "domainNames";

    private readonly AdminPodsReader _pods = new(fields, labels, constraints);
    private readonly CidrReader _blocks = new(fields);

    /// <summary>Null when it selects nothing that can be known, which has been reported.</summary>
    public AdminPeer? Read(YamlMapping item, AdminRuleContext context)
    {
        var choices = context.IsEgress ? context.Variant.EgressPeerFields : AdminFields.IngressPeer;
        if (constraints.OneOf(item, "a peer", choices, AdminFields.EgressPeer) is not { } form)
        {
            return null;
        }

        if (!context.IsEgress && !choices.Contains(form, StringComparer.Ordinal))
        {
            fields.Findings.ReportField(AdminDiagnostics.EgressOnlyPeer, FieldReader.Find(item, form)!, form);
            return null;
        }

        return form switch
        {
            "nodes" => fields.Mapping(item, form) is { } nodes ? new AdminPeer.Nodes(labels.ReadSelector(nodes), item.Span) : null,
            "networks" => new AdminPeer.Networks(ReadNetworks(item, context.Variant), item.Span),
            DomainNames => ReadDomainNames(item, context),
            _ => _pods.Read(item, form, context.Variant, isPeer: true) is { } pods ? new AdminPeer.Pods(pods, item.Span) : null,
        };
    }

    private ImmutableArray<IpPrefix> ReadNetworks(YamlMapping item, AdminVariant variant)
    {
        var blocks = ImmutableArray.CreateBuilder<IpPrefix>();
        foreach (var text in Texts(item, "networks", "name at least one block, such as 0.0.0.0/0"))
        {
            var problem = text.Text.Length > AdminFields.MaxCidrLength ? "it has more than 43 characters"
                : !variant.IsCluster && text.Text.Contains(':', StringComparison.Ordinal) && text.Text.Contains('.', StringComparison.Ordinal)
                    ? "v1alpha1 takes no IPv4 address inside an IPv6 address"
                    : null;
            if (problem is not null)
            {
                fields.Findings.ReportField(PolicyDiagnostics.InvalidCidr, text, Quote.Shorten(text.Text), problem);
            }
            else if (_blocks.ReadPrefix(text) is { } block)
            {
                blocks.Add(block);
            }
        }

        return blocks.DrainToImmutable();
    }

    private AdminPeer.DomainNames ReadDomainNames(YamlMapping item, AdminRuleContext context)
    {
        var node = FieldReader.Find(item, DomainNames)!;
        if (context.Tier == Tier.Baseline)
        {
            fields.Findings.ReportField(AdminDiagnostics.DomainNamesInBaseline, node);
        }
        else if (context.Action is not null and not RuleAction.Allow)
        {
            fields.Findings.ReportField(AdminDiagnostics.DomainNamesAction, node, context.Variant.Actions[0], context.Action);
        }

        var names = ImmutableArray.CreateBuilder<NamePattern>();
        foreach (var text in Texts(item, DomainNames, "name at least one domain"))
        {
            if (DomainName.Problem(text.Text) is { } problem)
            {
                fields.Findings.ReportField(AdminDiagnostics.InvalidDomainName, text, Quote.Shorten(text.Text), problem);
            }
            else
            {
                names.Add(DomainName.ToPattern(text.Text, text.Span));
            }
        }

        return new AdminPeer.DomainNames(names.DrainToImmutable(), item.Span);
    }

    /// <summary>The items of a list of text that is a set.</summary>
    private IEnumerable<YamlScalar> Texts(YamlMapping item, string name, string ifEmpty)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in constraints.Items(item, name, AdminFields.MaxPeerItems, ifEmpty))
        {
            if (!fields.IsText(node, out var text))
            {
                continue;
            }

            if (seen.Add(text.Text))
            {
                yield return text;
            }
            else
            {
                fields.Findings.ReportField(AdminDiagnostics.ItemTwice, node, Quote.Shorten(text.Text));
            }
        }
    }
}
