using PolicyCompiler.Frontend.Policies;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>networking.k8s.io/v1 NetworkPolicy.</summary>
internal static class NetworkPolicySchema
{
    private static readonly ObjectType Block = new("IPBlock", [NetworkPolicyFields.Block],
    [
        Compiled("cidr", TextTypes.Cidr, "The block, an address and a prefix length.").Required(),
        Compiled("except", new List(TextTypes.SmallerCidr), "Smaller blocks inside it that this peer leaves out; another peer may still allow them."),
    ]);

    private static readonly ObjectType Peer = new("Peer", [NetworkPolicyFields.Peer],
    [
        Compiled("podSelector", CommonTypes.LabelSelector, "Pods with these labels, in the policy's namespace or in those of namespaceSelector."),
        Compiled("namespaceSelector", CommonTypes.LabelSelector, "Namespaces with these labels; without podSelector all of their pods."),
        Compiled("ipBlock", Block, "Addresses, most often outside the cluster; stands alone in its peer."),
    ])
    {
        Rules =
        [
            new FieldRule.AtLeastOne(NetworkPolicyFields.Peer),
            new FieldRule.NotBoth("ipBlock", "podSelector"),
            new FieldRule.NotBoth("ipBlock", "namespaceSelector"),
        ],
        Title = "NetworkPolicy peer",
    };

    private static readonly ObjectType Port = new("Port", [NetworkPolicyFields.Port],
    [
        Compiled("protocol", TextTypes.OneOf(NetworkPolicyFields.Protocols), "TCP if absent."),
        Compiled("port", new NumberOrText(CommonTypes.Port, TextTypes.PortName), "Destination port, or the name of a container port; every port if absent."),
        Compiled("endPort", CommonTypes.Port, "Last port of a range that begins at port, which then is a number."),
    ])
    {
        Rules = [new FieldRule.Needs("endPort", "port", CommonTypes.Port)],
        Title = "NetworkPolicy port",
    };

    public static PolicySchema Build() => CommonTypes.Kind(
        "NetworkPolicy",
        ["networking.k8s.io/v1"],
        [NetworkPolicyFields.Policy],
        CommonTypes.Metadata(CommonTypes.Namespace("Namespace whose pods the policy selects; default if absent.")),
        [Compiled("spec", Spec(), "The policy.")]);

    private static ObjectType Spec() => new("Spec", [NetworkPolicyFields.Spec],
    [
        Compiled("podSelector", CommonTypes.LabelSelector, "Pods of the namespace that the policy isolates; {} is all of them."),
        Compiled("policyTypes", new List(TextTypes.OneOf(NetworkPolicyFields.PolicyTypes)) { Max = NetworkPolicyFields.MaxPolicyTypes },
            "Directions that are isolated; if absent Ingress, and Egress if there are egress rules."),
        Compiled("ingress", new List(Rule("IngressRule", "from", NetworkPolicyFields.IngressRule, "Who may connect")), "What may come in; a rule {} lets everything in."),
        Compiled("egress", new List(Rule("EgressRule", "to", NetworkPolicyFields.EgressRule, "Where connections may go")), "What may go out; a rule {} lets everything out."),
    ]);

    private static ObjectType Rule(string name, string peers, string[] known, string who) => new(name, [known],
    [
        Compiled(peers, new List(Peer), $"{who}: any of these peers, or anyone if absent or empty."),
        Compiled("ports", new List(Port), "Any of these ports, or all ports of all protocols if absent or empty."),
    ]);
}
