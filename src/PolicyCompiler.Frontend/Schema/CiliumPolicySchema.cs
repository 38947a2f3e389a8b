using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Policies.Cilium;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>cilium.io/v2 CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy.</summary>
internal static class CiliumPolicySchema
{
    private static readonly ObjectType DefaultDeny = new("DefaultDeny", [CiliumFields.DefaultDeny],
    [
        Compiled("ingress", new FieldType.Boolean(), "Whether ingress is isolated; if absent it is when there are ingress or ingressDeny items."),
        Compiled("egress", new FieldType.Boolean(), "Whether egress is isolated; if absent it is when there are egress or egressDeny items."),
    ]);

    private static readonly ObjectType RuleLabel = new("RuleLabel", [CiliumFields.RuleLabel],
    [
        PolicyField.Metadata("key", TextTypes.NotEmpty, "Key of the label.").Required(),
        PolicyField.Metadata("value", TextTypes.Any, "Value of the label."),
        PolicyField.Metadata("source", TextTypes.Any, "Where it comes from; unspec if absent."),
    ]);

    private static readonly ObjectType Log = new("Log", [CiliumFields.Log],
    [
        PolicyField.Metadata("value", TextTypes.Any with { MaxLength = CiliumRuleReader.MaxLogValue }, "Printable text for events of connections that the rule decides."),
    ]);

    /// <param name="kind">CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy.</param>
    public static PolicySchema Build(string kind)
    {
        var isClusterwide = kind == CiliumPolicy.ClusterwideKind;
        var rule = Rule(isClusterwide);
        var ns = isClusterwide
            ? CommonTypes.NoNamespace(CiliumDiagnostics.ClusterScopedWithNamespace)
            : CommonTypes.Namespace("Namespace whose pods the policy selects; default if absent.");
        var schema = CommonTypes.Kind(
            kind,
            ["cilium.io/v2"],
            [CiliumFields.Policy, [CiliumPolicyReader.MisplacedField]],
            CommonTypes.Metadata(ns),
            [
                Compiled("spec", rule, "A rule: subject, and what it allows and denies."),
                Compiled("specs", new List(rule), "More rules, each with a subject of its own."),
                PolicyField.Metadata(CiliumPolicyReader.MisplacedField, new Anything(), "API servers drop it here; it belongs into spec.")
                    .Deprecated(CiliumDiagnostics.MisplacedDescription),
            ]);
        return schema with { Root = schema.Root with { Rules = [new FieldRule.AtLeastOne(["spec", "specs"])] } };
    }

    private static ObjectType Rule(bool isClusterwide) => new("Rule", [CiliumFields.Rule],
    [
        .. Subject(isClusterwide),
        Items("ingress", isClusterwide, "Connections to the subject that are allowed; an item {} isolates and allows nothing."),
        Items("ingressDeny", isClusterwide, "Connections to the subject that are denied, whatever else allows them."),
        Items("egress", isClusterwide, "Connections from the subject that are allowed; an item {} isolates and allows nothing."),
        Items("egressDeny", isClusterwide, "Connections from the subject that are denied, whatever else allows them."),
        Compiled("enableDefaultDeny", DefaultDeny, "Whether the rule isolates its subject."),
        PolicyField.Metadata("labels", new List(RuleLabel), "Labels of the rule itself."),
        PolicyField.Metadata("description", TextTypes.Any, "Words for readers."),
        PolicyField.Metadata("log", Log, "What is said when the rule decides."),
    ])
    {
        Rules = isClusterwide
            ? [new FieldRule.ExactlyOne(["endpointSelector", "nodeSelector"]), new FieldRule.AtLeastOne(CiliumRuleReader.ItemLists)]
            : [new FieldRule.AtLeastOne(CiliumRuleReader.ItemLists)],
        Title = isClusterwide ? "Rule of a CiliumClusterwideNetworkPolicy" : "Rule of a CiliumNetworkPolicy",
    };

    private static PolicyField[] Subject(bool isClusterwide)
    {
        var endpoints = Compiled(
            "endpointSelector",
            CiliumPeerTypes.EndpointSelector,
            isClusterwide ? "Pods that the rule is about; {} is every pod." : "Pods of the namespace that the rule is about; {} is all of them.");
        return isClusterwide
            ? [endpoints, Compiled("nodeSelector", CiliumPeerTypes.NodeSelector, "Nodes whose host the rule is about, instead of pods.")]
            :
            [
                endpoints.Required(),
                Rejected("nodeSelector", CiliumPeerTypes.NodeSelector, CiliumDiagnostics.NodeSelectorInNamespace,
                    "Only a CiliumClusterwideNetworkPolicy can select nodes."),
            ];
    }

    private static PolicyField Items(string name, bool isClusterwide, string meaning) =>
        Compiled(name, new List(CiliumItemSchema.Build(name, isClusterwide)), meaning);
}
