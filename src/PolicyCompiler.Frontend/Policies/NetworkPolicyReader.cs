using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies;

/// <summary>
/// networking.k8s.io/v1 NetworkPolicy, with every check of the API server (kubernetes: pkg/apis/networking/validation)
/// and, as its strict mode does, none but known fields.
/// </summary>
internal sealed class NetworkPolicyReader(FieldReader fields, LabelReader labels, MetadataReader metadata)
{
    private readonly NetworkPolicyPortReader _ports = new(fields);
    private readonly NetworkPolicyPeerReader _peers = new(fields, labels);

    /// <summary>Null when the policy has no name, which has been reported.</summary>
    public NetworkPolicy? Read(YamlMapping item)
    {
        fields.CheckFields(item, "a NetworkPolicy", NetworkPolicyFields.Policy);
        var meta = metadata.ReadPolicy(item, "NetworkPolicy");
        var selector = LabelSelector.Everything;
        ImmutableArray<NetworkPolicyType> types = [];
        ImmutableArray<NetworkPolicyRule> ingress = [];
        ImmutableArray<NetworkPolicyRule> egress = [];
        if (fields.Mapping(item, "spec") is { } spec)
        {
            fields.CheckFields(spec, "the spec", NetworkPolicyFields.Spec);
            selector = fields.Mapping(spec, "podSelector") is { } node ? labels.ReadSelector(node) : selector;
            types = ReadTypes(spec);
            ingress = ReadRules(spec, "ingress", "from", "an ingress rule", NetworkPolicyFields.IngressRule);
            egress = ReadRules(spec, "egress", "to", "an egress rule", NetworkPolicyFields.EgressRule);
        }

        return meta is null ? null : new NetworkPolicy(meta.Namespace, meta.Name, selector, types, ingress, egress, meta.Span);
    }

    private ImmutableArray<NetworkPolicyType> ReadTypes(YamlMapping spec)
    {
        var items = fields.Items(spec, "policyTypes");
        if (items.Count > NetworkPolicyFields.MaxPolicyTypes)
        {
            fields.Findings.ReportField(PolicyDiagnostics.TooManyPolicyTypes, spec.Find("policyTypes")!, items.Count);
            return [];
        }

        var types = ImmutableArray.CreateBuilder<NetworkPolicyType>(items.Count);
        foreach (var item in items)
        {
            if (!fields.IsText(item, out var text))
            {
                continue;
            }

            var index = Array.IndexOf(NetworkPolicyFields.PolicyTypes, text.Text);
            if (index < 0)
            {
                fields.Findings.ReportField(
                    PolicyDiagnostics.UnknownPolicyType, item, Quote.Shorten(text.Text), Suggestion.Clause(text.Text, NetworkPolicyFields.PolicyTypes));
                continue;
            }

            types.Add((NetworkPolicyType)index);
        }

        return types.DrainToImmutable();
    }

    private ImmutableArray<NetworkPolicyRule> ReadRules(YamlMapping spec, string direction, string peersField, string what, string[] known)
    {
        var rules = ImmutableArray.CreateBuilder<NetworkPolicyRule>();
        foreach (var rule in fields.Mappings(spec, direction))
        {
            fields.CheckFields(rule, what, known);
            var peers = fields.Mappings(rule, peersField).Select(_peers.Read).ToImmutableArray();
            var ports = fields.Mappings(rule, "ports").Select(_ports.Read).ToImmutableArray();
            rules.Add(new NetworkPolicyRule(peers, ports, rule.Span));
        }

        return rules.DrainToImmutable();
    }
}
