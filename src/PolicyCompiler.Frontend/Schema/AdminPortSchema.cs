using PolicyCompiler.Frontend.Policies.Admin;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>Ports of the kinds of policy.networking.k8s.io.</summary>
internal static class AdminPortSchema
{
    private static readonly PolicyField Protocol = Compiled("protocol", TextTypes.OneOf(AdminFields.PortProtocols), "TCP if absent.");
    private static readonly PolicyField Start = Compiled("start", CommonTypes.Port, "First port.").Required();
    private static readonly PolicyField End = Compiled("end", CommonTypes.Port, "Last port, itself in the range.").Required();

    public static ObjectType Build(AdminVariant variant) => variant.IsCluster ? ClusterProtocol() : Port();

    private static ObjectType Port() => new("Port", [AdminFields.Port],
    [
        Compiled("portNumber", new ObjectType("PortNumber", [AdminFields.PortNumber],
        [
            Protocol,
            Compiled("port", CommonTypes.Port, "Destination port.").Required(),
        ]), "One port."),
        Compiled("portRange", new ObjectType("PortRange", [AdminFields.PortRange], [Protocol, Start, End]), "Several ports in a row."),
        NamedPort("namedPort"),
    ])
    {
        Rules = [new FieldRule.ExactlyOne(AdminFields.Port)],
        Title = "v1alpha1 port",
    };

    private static ObjectType ClusterProtocol()
    {
        var port = new ObjectType("DestinationPort", [AdminFields.ClusterPort],
        [
            Compiled("number", CommonTypes.Port, "One port."),
            Compiled("range", new ObjectType("PortRange", [AdminFields.ClusterPortRange],
            [
                Start with { Type = CommonTypes.Port with { Max = CommonTypes.Port.Max - 1 } },
                End with { Type = CommonTypes.Port with { Min = CommonTypes.Port.Min + 1 } },
            ]), "Several ports in a row."),
        ])
        {
            Rules = [new FieldRule.ExactlyOne(AdminFields.ClusterPort)],
        };
        var match = new ObjectType("ProtocolMatch", [AdminFields.ClusterProtocolMatch],
        [
            Compiled("destinationPort", port, "Destination ports; {range: {start: 1, end: 65535}} is every port.").Required(),
        ]);
        return new ObjectType("Protocol", [AdminFields.ClusterProtocol],
        [
            Compiled("tcp", match, "Ports of TCP."),
            Compiled("udp", match, "Ports of UDP."),
            Compiled("sctp", match, "Ports of SCTP."),
            NamedPort("destinationNamedPort"),
        ])
        {
            Rules = [new FieldRule.ExactlyOne(AdminFields.ClusterProtocol)],
            Title = "v1alpha2 protocol",
        };
    }

    private static PolicyField NamedPort(string name) =>
        Compiled(name, TextTypes.PortName, "Container port of this name, whatever its protocol; not beside nodes, networks or domainNames.");
}
