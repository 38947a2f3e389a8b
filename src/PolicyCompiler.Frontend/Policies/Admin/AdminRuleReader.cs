using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>Items of <c>ingress</c> and <c>egress</c>.</summary>
internal sealed class AdminRuleReader(FieldReader fields, LabelReader labels, AdminConstraints constraints)
{
    private const string EveryPod = "namespaces: {} is every pod";

    private readonly AdminPeerReader _peers = new(fields, labels, constraints);
    private readonly AdminPortReader _ports = new(fields, constraints);

    public ImmutableArray<AdminRule> Read(YamlMapping spec, AdminVariant variant, Tier? tier, bool isEgress)
    {
        var direction = isEgress ? "egress" : "ingress";
        constraints.CheckLength(spec, direction, FieldReader.Find(spec, direction) is YamlSequence list ? list.Items.Count : 0, variant.MaxItems);
        var rules = ImmutableArray.CreateBuilder<AdminRule>();
        foreach (var rule in fields.Mappings(spec, direction))
        {
            rules.Add(ReadRule(rule, variant, tier, isEgress));
        }

        return rules.DrainToImmutable();
    }

    private AdminRule ReadRule(YamlMapping rule, AdminVariant variant, Tier? tier, bool isEgress)
    {
        var (what, known, peersField) = isEgress
            ? ("an egress rule", variant.EgressRuleFields, "to")
            : ("an ingress rule", variant.IngressRuleFields, "from");
        fields.CheckFields(rule, what, known);
        var name = ReadName(rule);
        var action = ReadAction(rule, what, variant);
        var context = new AdminRuleContext(variant, tier, isEgress, action);
        constraints.Required(rule, peersField, what, $", at least one peer; {EveryPod}");
        var peers = constraints.Mappings(rule, peersField, variant.MaxItems, $"name at least one peer; {EveryPod}")
            .Select(p => _peers.Read(p, context)).OfType<AdminPeer>().ToImmutableArray();
        var portItems = constraints.Mappings(rule, variant.PortsField, variant.MaxItems, "to match all traffic, leave it out").ToList();
        var ports = portItems.Select(p => _ports.Read(p, variant)).OfType<AdminPort>().ToImmutableArray();
        CheckNamedPorts(peers, portItems, variant);

        // Without a readable action there is an error, and the rule goes no further.
        return new AdminRule(name, action ?? RuleAction.Deny, peers, ports, rule.Span);
    }

    private string? ReadName(YamlMapping rule)
    {
        if (fields.Text(rule, "name") is not { Text.Length: > 0 } name)
        {
            return null;
        }

        // The API server counts code points.
        var length = name.Text.EnumerateRunes().Count();
        if (length > AdminFields.MaxRuleName)
        {
            fields.Findings.ReportField(AdminDiagnostics.RuleNameTooLong, name, length, AdminFields.MaxRuleName);
        }

        return name.Text;
    }

    private RuleAction? ReadAction(YamlMapping rule, string what, AdminVariant variant)
    {
        var words = AdminConstraints.Words(variant.Actions);
        if (constraints.Required(rule, "action", what, $": {words}") is null || fields.Text(rule, "action") is not { } node)
        {
            return null;
        }

        var index = Array.IndexOf(variant.Actions, node.Text);
        if (index >= 0)
        {
            return (RuleAction)index;
        }

        var hint = node.Text switch
        {
            "Allow" => "; Accept is the v1alpha2 word for Allow",
            "Accept" => "; Allow is the v1alpha1 word for Accept",
            "Pass" => "; no tier comes after this one",
            _ => Suggestion.Clause(node.Text, variant.Actions),
        };
        fields.Findings.ReportField(AdminDiagnostics.UnknownAction, node, Quote.Shorten(node.Text), variant.Called, words, hint);
        return null;
    }

    /// <summary>A port name is looked up in the containers of the peer, and these peers have none.</summary>
    private void CheckNamedPorts(ImmutableArray<AdminPeer> peers, List<YamlMapping> ports, AdminVariant variant)
    {
        var addresses = peers.Select(p => p switch
        {
            AdminPeer.Nodes => "nodes",
            AdminPeer.Networks => "networks",
            AdminPeer.DomainNames => "domainNames",
            _ => null,
        }).FirstOrDefault(p => p is not null);
        if (addresses is null)
        {
            return;
        }

        foreach (var port in ports)
        {
            if (FieldReader.Find(port, variant.NamedPortField) is { } name)
            {
                fields.Findings.ReportField(AdminDiagnostics.NamedPortWithAddresses, name, addresses);
            }
        }
    }
}
