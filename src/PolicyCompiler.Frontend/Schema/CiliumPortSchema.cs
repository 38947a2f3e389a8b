using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Policies.Cilium;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>Items of toPorts.</summary>
internal static class CiliumPortSchema
{
    private static readonly ObjectType Port = new("Port", [CiliumFields.Port],
    [
        Compiled("port", PortText(), "Destination port as text, or the name of a container port; \"0\" is every port.").Required(),
        Compiled("endPort", new Number(0, ushort.MaxValue), "Last port of a range that begins at port."),
        Compiled("protocol", TextTypes.OneOf(CiliumPortReader.Protocols) with { IgnoresCase = true }, "ANY if absent: TCP, UDP and SCTP; with port \"0\" all traffic."),
    ])
    {
        Title = "Cilium port",
    };

    private static readonly ObjectType Secret = new("Secret", [CiliumFields.Secret],
    [
        Carried("namespace", TextTypes.Any, "Namespace of the Secret."),
        Carried("name", TextTypes.NotEmpty, "Name of the Secret.").Required(),
    ]);

    private static readonly ObjectType Tls = new("TLS", [CiliumFields.Tls],
    [
        Carried("secret", Secret, "Secret with the keys and certificates.").Required(),
        Carried("trustedCA", TextTypes.Any, "Key in it of the authority's certificates."),
        Carried("certificate", TextTypes.Any, "Key in it of the certificate."),
        Carried("privateKey", TextTypes.Any, "Key in it of the private key."),
    ])
    {
        Title = "Cilium TLS block",
    };

    /// <param name="isEgress">egress or egressDeny.</param>
    /// <param name="isDeny">ingressDeny or egressDeny.</param>
    /// <param name="isClusterwide">The policy is a CiliumClusterwideNetworkPolicy.</param>
    public static ObjectType Build(bool isEgress, bool isDeny, bool isClusterwide)
    {
        var ports = Compiled("ports", new List(Port) { Max = CiliumPortRuleReader.MaxPorts }, "Any of these ports; if absent all, which is warned of.");
        PolicyField[] proxied =
        [
            Carried("rules", CiliumL7Schema.Rules(isEgress), "What a proxy must check of each request; one protocol."),
            Carried("serverNames", new List(TextTypes.ServerName), "Names that TLS clients may ask for (SNI)."),
            isEgress
                ? Carried("listener", Listener(isClusterwide), "Listener of an Envoy configuration that takes the connections.")
                : Rejected("listener", Listener(isClusterwide), CiliumProxyDiagnostics.ListenerOnIngress, "A listener can only be on egress."),
            Carried("terminatingTLS", Tls, "How the proxy answers the client's TLS."),
            Carried("originatingTLS", Tls, "How the proxy speaks TLS to the server."),
        ];
        return isDeny
            ? new ObjectType("DenyPortRule", [CiliumFields.PortRule], [ports, .. proxied.Select(NotInDeny)]) { Title = "Cilium toPorts, deny" }
            : new ObjectType(isEgress ? "EgressPortRule" : "IngressPortRule", [CiliumFields.PortRule], [ports, .. proxied])
            {
                Rules = [new FieldRule.Needs("rules", "ports", new List(Port) { Min = 1 })],
            };
    }

    private static PolicyField NotInDeny(PolicyField field) =>
        Rejected(field.Name, field.Type, CiliumDiagnostics.NotInDenyRule, "A deny rule does not go through a proxy.");

    private static ObjectType Listener(bool isClusterwide)
    {
        string[] kinds = isClusterwide
            ? [ProxyListenerReader.ClusterwideKind]
            : [ProxyListenerReader.NamespacedKind, ProxyListenerReader.ClusterwideKind];
        return new ObjectType("Listener", [CiliumFields.Listener],
        [
            Carried("envoyConfig", new ObjectType("EnvoyConfig", [CiliumFields.EnvoyConfig],
            [
                Carried("kind", TextTypes.OneOf(kinds), "Kind of the configuration; if absent the one of the policy's own scope."),
                Carried("name", TextTypes.NotEmpty, "Name of the configuration.").Required(),
            ]), "The Envoy configuration.").Required(),
            Carried("name", TextTypes.NotEmpty, "Name of the listener in it.").Required(),
            Carried("priority", new Number(1, ProxyListenerReader.MaxPriority), "Which proxy wins where several rules match; the lowest number does."),
        ]);
    }

    private static Text PortText() => new("80")
    {
        Otherwise = "Not a port: write a number from 0 to 65535 in quotes, or a port name such as http.",
        Pattern = "^(0|[1-9][0-9]{0,4}|(?=.*[A-Za-z])(?!.*--)[A-Za-z0-9]([-A-Za-z0-9]{0,13}[A-Za-z0-9])?)$",
    };
}
