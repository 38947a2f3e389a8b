using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Policies.Admin;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>The kinds of policy.networking.k8s.io.</summary>
internal sealed class AdminPolicySchema
{
    private static readonly Text BaselineName = TextTypes.OneOf([AdminPolicyReader.BaselineName]);

    private readonly AdminVariant _variant;
    private readonly AdminPeerSchema _peers;
    private readonly ObjectType _port;

    private AdminPolicySchema(AdminVariant variant)
    {
        _variant = variant;
        _peers = new AdminPeerSchema(variant);
        _port = AdminPortSchema.Build(variant);
    }

    /// <param name="apiVersion">One that has the kind.</param>
    /// <param name="kind">AdminNetworkPolicy, BaselineAdminNetworkPolicy or ClusterNetworkPolicy.</param>
    public static PolicySchema Build(string apiVersion, string kind)
    {
        var variant = AdminVariant.Of(apiVersion, kind)!;
        var spec = new AdminPolicySchema(variant).Spec();
        return CommonTypes.Kind(
            kind,
            [apiVersion],
            [AdminFields.PolicyObject],
            CommonTypes.Metadata(CommonTypes.NoNamespace(AdminDiagnostics.NamespaceOfClusterKind), variant.IsBaselineKind ? BaselineName : null),
            [Compiled("spec", spec, "The policy.").Required()]);
    }

    private ObjectType Spec()
    {
        PolicyField[] all =
        [
            Compiled("tier", TextTypes.OneOf(AdminFields.Tiers), "Admin is asked before NetworkPolicy and Cilium's kinds, Baseline after them.").Required(),
            Compiled("priority", new Number(0, AdminFields.MaxPriority), "Place within the tier; the lowest number is asked first.").Required(),
            Compiled("subject", _peers.Subject(), "Pods that the policy is about; pods on the host's network never are.").Required(),
            Rules("ingress", "Rules about connections to the subject, in this order; the first that matches decides."),
            Rules("egress", "Rules about connections from the subject, in this order; the first that matches decides."),
        ];
        return new ObjectType("Spec", [_variant.SpecFields], [.. all.Where(f => _variant.SpecFields.Contains(f.Name, StringComparer.Ordinal))]);
    }

    private PolicyField Rules(string direction, string meaning) =>
        Compiled(direction, new List(Rule(isEgress: direction == "egress")) { Max = _variant.MaxItems }, meaning);

    private ObjectType Rule(bool isEgress)
    {
        var known = isEgress ? _variant.EgressRuleFields : _variant.IngressRuleFields;
        var peers = isEgress ? _peers.Egress() : _peers.Ingress();
        return new ObjectType(isEgress ? "EgressRule" : "IngressRule", [known],
        [
            PolicyField.Metadata("name", TextTypes.Any with { MaxLength = AdminFields.MaxRuleName }, "Name of the rule, for readers."),
            Compiled("action", TextTypes.OneOf(_variant.Actions), ActionMeaning()).Required(),
            Compiled(isEgress ? "to" : "from", new List(peers) { Min = 1, Max = _variant.MaxItems }, "The other end: any of these peers.").Required(),
            Compiled(_variant.PortsField, new List(_port) { Min = 1, Max = _variant.MaxItems }, "Any of these ports, or all traffic if absent."),
        ]);
    }

    private string ActionMeaning() => _variant.Actions.Contains("Pass", StringComparer.Ordinal)
        ? $"{_variant.Actions[0]} and Deny decide; Pass leaves the decision to the next tier."
        : "Decides where no policy of another tier has.";
}
