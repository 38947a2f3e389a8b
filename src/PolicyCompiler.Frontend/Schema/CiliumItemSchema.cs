using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Policies.Cilium;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>Items of the four lists of a Cilium rule.</summary>
internal static class CiliumItemSchema
{
    private static readonly ObjectType Icmp = new("Icmp", [CiliumFields.Icmp],
    [
        Compiled("fields", new List(new ObjectType("IcmpField", [CiliumFields.IcmpField],
        [
            Compiled("family", TextTypes.OneOf(CiliumIcmpReader.Families), "IPv4 if absent."),
            Compiled("type", new NumberOrText(new Number(0, byte.MaxValue), IcmpType()), "Type, by number or by name.").Required(),
        ])) { Max = CiliumIcmpReader.MaxFields }, "Any of these types."),
    ])
    {
        Title = "Cilium ICMP types",
    };

    private static readonly ObjectType Authentication = new("Authentication", [CiliumFields.Authentication],
    [
        Compiled("mode", TextTypes.OneOf(CiliumAuthenticationReader.Modes), "With required, a connection needs both ends authenticated; test-always-fail never is.").Required(),
    ]);

    private static readonly ObjectType RetiredAuthentication = new("RetiredAuthentication", [CiliumFields.RetiredAuthentication],
    [
        Compiled("type", TextTypes.OneOf([CiliumAuthenticationReader.RetiredDisabled]), "Only the text \"null\" is read, as mode disabled.").Required(),
    ]);

    /// <param name="list">ingress, ingressDeny, egress or egressDeny.</param>
    /// <param name="isClusterwide">The policy is a CiliumClusterwideNetworkPolicy.</param>
    public static ObjectType Build(string list, bool isClusterwide)
    {
        var isEgress = list.StartsWith("egress", StringComparison.Ordinal);
        var isDeny = list.EndsWith("Deny", StringComparison.Ordinal);
        return new ObjectType(TypeName(list) + "Item", Known(isEgress, isDeny),
        [
            .. CiliumPeerTypes.Peers(isEgress, isDeny),
            Compiled("toPorts", new List(CiliumPortSchema.Build(isEgress, isDeny, isClusterwide)), "Any of these ports; all traffic if absent or empty."),
            Compiled("icmps", new List(Icmp), "ICMP types instead of ports."),
            .. AuthenticationFields(isDeny),
            Rejected(isEgress ? "toRequires" : "fromRequires", new List(CiliumPeerTypes.EndpointSelector), CiliumDiagnostics.RemovedField,
                $"Removed in Cilium 1.19; put its requirements into every selector of {(isEgress ? "toEndpoints" : "fromEndpoints")}."),
        ])
        {
            Rules =
            [
                new FieldRule.AtMostOne(isEgress ? CiliumFields.EgressPeers : CiliumFields.IngressPeers),
                new FieldRule.NotBoth("icmps", "toPorts"),
            ],
        };
    }

    private static IReadOnlyList<IReadOnlyList<string>> Known(bool isEgress, bool isDeny) => (isEgress, isDeny) switch
    {
        (false, false) => [CiliumFields.Ingress, CiliumFields.RetiredIngress],
        (true, false) => [CiliumFields.Egress, CiliumFields.RetiredEgress],
        (false, true) => [CiliumFields.IngressDeny, [.. CiliumFields.AllowOnly.Intersect(CiliumFields.Ingress)], CiliumFields.RetiredIngress],
        (true, true) => [CiliumFields.EgressDeny, CiliumFields.AllowOnly, CiliumFields.RetiredEgress],
    };

    private static PolicyField[] AuthenticationFields(bool isDeny)
    {
        const string InDeny = "A deny rule has no authentication.";
        return isDeny
            ?
            [
                Rejected("authentication", Authentication, CiliumDiagnostics.NotInDenyRule, InDeny),
                Rejected("auth", RetiredAuthentication, CiliumDiagnostics.NotInDenyRule, InDeny),
            ]
            :
            [
                Compiled("authentication", Authentication, "Whether both ends must have been authenticated to each other."),
                Compiled("auth", RetiredAuthentication, "Name before Cilium 1.14; write authentication.").Deprecated(CiliumDiagnostics.RenamedAuthentication),
            ];
    }

    private static Text IcmpType() => new("EchoRequest")
    {
        Words =
        [
            .. IcmpTypes.Names(Core.Model.AddressFamily.IPv4).Union(IcmpTypes.Names(Core.Model.AddressFamily.IPv6), StringComparer.Ordinal),
        ],
        Pattern = "^0*(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$",
    };

    private static string TypeName(string list) => char.ToUpperInvariant(list[0]) + list[1..];
}
