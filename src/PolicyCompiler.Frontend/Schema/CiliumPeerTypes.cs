using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Policies.Cilium;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>Peers of Cilium rules.</summary>
internal static class CiliumPeerTypes
{
    public static readonly ObjectType EndpointSelector =
        CommonTypes.Selector("EndpointSelector", "Cilium endpoint selector", TextTypes.EndpointLabelKey);

    public static readonly ObjectType NodeSelector = CommonTypes.Selector("NodeSelector", "Cilium node selector", TextTypes.NodeLabelKey);

    /// <summary>An item of toFQDNs has one of the two, an item of <c>dns</c> may have both.</summary>
    public static readonly PolicyField[] NameFields =
    [
        Compiled("matchName", TextTypes.Name, "The one name."),
        Compiled("matchPattern", TextTypes.NamePattern, "Names with anything but a dot for each *; a leading **. is one or more labels."),
    ];

    private static readonly ObjectType CidrRule = new("CIDRRule", [CiliumFields.CidrRule],
    [
        Compiled("cidr", TextTypes.Cidr, "A block."),
        Compiled("cidrGroupRef", TextTypes.DnsSubdomain, "The blocks of the CiliumCIDRGroup of this name."),
        Compiled("cidrGroupSelector", CommonTypes.LabelSelector, "The blocks of every CiliumCIDRGroup with these labels."),
        Compiled("except", new List(TextTypes.SmallerCidr), "Smaller blocks that are left out."),
    ])
    {
        Rules = [new FieldRule.ExactlyOne(CiliumCidrRuleReader.Members)],
        Title = "Cilium CIDR rule",
    };

    private static readonly ObjectType Name = new("FQDN", [CiliumFields.Name], NameFields)
    {
        Rules = [new FieldRule.ExactlyOne(CiliumFields.Name)],
    };

    private static readonly ObjectType Service = new("Service", [CiliumFields.Service],
    [
        Compiled("k8sService", new ObjectType("ServiceName", [CiliumFields.ServiceName],
        [
            Compiled("serviceName", TextTypes.NotEmpty, "Name of the service.").Required(),
            Compiled("namespace", TextTypes.Any, "Its namespace; that of the policy if absent."),
        ]), "One service by its name."),
        Compiled("k8sServiceSelector", new ObjectType("ServiceSelector", [CiliumFields.ServiceSelector],
        [
            Compiled("selector", NodeSelector, "Labels of the services.").Required(),
            Compiled("namespace", TextTypes.Any, "Their namespace; that of the policy if absent."),
        ]), "Services by their labels."),
    ])
    {
        Rules = [new FieldRule.ExactlyOne(CiliumFields.Service)],
        Title = "Cilium service reference",
    };

    private static readonly List Groups = new(new Anything());

    public static PolicyField[] Peers(bool isEgress, bool isDeny)
    {
        var to = isEgress ? "to" : "from";
        PolicyField[] both =
        [
            Compiled(to + "Endpoints", new List(EndpointSelector), "Pods by labels, in the policy's namespace unless the selector names another; entities by their reserved label."),
            Compiled(to + "CIDR", new List(TextTypes.CidrOrAddress), "Address blocks outside the cluster."),
            Compiled(to + "CIDRSet", new List(CidrRule), "Address blocks outside the cluster, with exceptions or by CiliumCIDRGroup."),
            Compiled(to + "Entities", new List(TextTypes.OneOf(Entities.AllNames)), "Peers by what they are."),
            Compiled(to + "Nodes", new List(NodeSelector), "Nodes with these labels."),
            Rejected(to + "Groups", Groups, CiliumDiagnostics.CloudGroups, $"Only a cloud provider knows these addresses; write {to}CIDRSet or a CiliumCIDRGroup."),
        ];
        return isEgress ? [.. both, .. EgressPeers(isDeny)] : both;
    }

    private static PolicyField[] EgressPeers(bool isDeny)
    {
        var names = new List(Name) { Min = 1 };
        return
        [
            Compiled("toServices", new List(Service) { Min = 1 }, "The pods or addresses behind these services."),
            isDeny
                ? Rejected("toFQDNs", names, CiliumDiagnostics.NotInDenyRule, "A deny rule cannot name domains.")
                : Compiled("toFQDNs", names, "Addresses that DNS gives for these names."),
        ];
    }
}
