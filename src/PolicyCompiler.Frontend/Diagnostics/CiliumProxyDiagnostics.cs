using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about what Cilium rules ask of a proxy.</summary>
public static class CiliumProxyDiagnostics
{
    public static readonly DiagnosticDescriptor AllPortsWithRules = new(
        "NP1261", DiagnosticSeverity.Error, "Rules of a protocol on all ports",
        "{0}: rules need the ports they are for; they cannot be on all ports");

    public static readonly DiagnosticDescriptor RulesNeedTcp = new(
        "NP1262", DiagnosticSeverity.Error, "Rules of a protocol on a port that is not TCP",
        "{0}: only DNS rules can be on {1}; write protocol: TCP");

    public static readonly DiagnosticDescriptor DnsOnIngress = new(
        "NP1263", DiagnosticSeverity.Error, "DNS rules on ingress",
        "{0}: DNS rules can only be on egress");

    public static readonly DiagnosticDescriptor DnsWithRange = new(
        "NP1264", DiagnosticSeverity.Error, "DNS rules on a range of ports",
        "{0}: DNS rules cannot be on a range of ports; name the ports one by one");

    public static readonly DiagnosticDescriptor SeveralProtocols = new(
        "NP1265", DiagnosticSeverity.Error, "Rules of two protocols on one port",
        "{0}: {1} cannot stand beside {2}; make two items of toPorts of them");

    public static readonly DiagnosticDescriptor ProtocolMissing = new(
        "NP1266", DiagnosticSeverity.Error, "Rules without the name of their protocol",
        "{0}: l7 needs l7proto, the name of the protocol");

    public static readonly DiagnosticDescriptor RulesOnHost = new(
        "NP1267", DiagnosticSeverity.Error, "Rules of a protocol on a host policy",
        "{0}: a host policy can only have DNS rules, and only on egress");

    public static readonly DiagnosticDescriptor InvalidExpression = new(
        "NP1268", DiagnosticSeverity.Error, "Regular expression is not valid",
        "{0}: \"{1}\" is not a regular expression: {2}");

    public static readonly DiagnosticDescriptor HeaderNameMissing = new(
        "NP1269", DiagnosticSeverity.Error, "Header match without a name",
        "{0}: the name of the header is missing");

    public static readonly DiagnosticDescriptor UnknownMismatch = new(
        "NP1270", DiagnosticSeverity.Error, "Unknown action on mismatch",
        "{0}: \"{1}\" is not an action; write LOG, ADD, DELETE or REPLACE{2}");

    public static readonly DiagnosticDescriptor SecretNameMissing = new(
        "NP1271", DiagnosticSeverity.Error, "Secret without a name",
        "{0}: {1} needs the name of a secret");

    public static readonly DiagnosticDescriptor KafkaDeprecated = new(
        "NP1272", DiagnosticSeverity.Warning, "Kafka rules are deprecated",
        "{0}: Kafka rules are deprecated, and newer versions of Cilium do not have them");

    public static readonly DiagnosticDescriptor KafkaRoleWithKey = new(
        "NP1273", DiagnosticSeverity.Error, "Kafka role beside an API key",
        "{0}: apiKey cannot stand beside role, which is a set of API keys");

    public static readonly DiagnosticDescriptor InvalidKafkaValue = new(
        "NP1274", DiagnosticSeverity.Error, "Kafka value is not valid",
        "{0}: \"{1}\" is not {2}");

    public static readonly DiagnosticDescriptor EmptyRuleKey = new(
        "NP1275", DiagnosticSeverity.Error, "Rule with an empty key",
        "{0}: a key is empty");

    public static readonly DiagnosticDescriptor ServerNamesWithRules = new(
        "NP1276", DiagnosticSeverity.Error, "Server names beside rules",
        "{0}: serverNames can stand beside rules only where terminatingTLS lets the proxy see the requests");

    public static readonly DiagnosticDescriptor InvalidServerName = new(
        "NP1277", DiagnosticSeverity.Error, "Server name is not valid",
        "{0}: \"{1}\" is not a server name; write a DNS name, such as www.example.com or *.example.com");

    public static readonly DiagnosticDescriptor ListenerOnIngress = new(
        "NP1278", DiagnosticSeverity.Error, "Listener on ingress",
        "{0}: a listener can only be on egress");

    public static readonly DiagnosticDescriptor ListenerWithRules = new(
        "NP1279", DiagnosticSeverity.Error, "Listener beside rules",
        "{0}: a listener cannot stand beside rules; its own configuration has them");

    public static readonly DiagnosticDescriptor ListenerIncomplete = new(
        "NP1280", DiagnosticSeverity.Error, "Listener without a name",
        "{0}: {1} is missing");

    public static readonly DiagnosticDescriptor UnknownListenerKind = new(
        "NP1281", DiagnosticSeverity.Error, "Unknown kind of listener configuration",
        "{0}: \"{1}\" is not a kind with listeners; write {2}");

    public static readonly DiagnosticDescriptor ListenerPriority = new(
        "NP1282", DiagnosticSeverity.Error, "Listener priority out of range",
        "{0}: {1} is not a priority; priorities are 1 to 100");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        AllPortsWithRules,
        RulesNeedTcp,
        DnsOnIngress,
        DnsWithRange,
        SeveralProtocols,
        ProtocolMissing,
        RulesOnHost,
        InvalidExpression,
        HeaderNameMissing,
        UnknownMismatch,
        SecretNameMissing,
        KafkaDeprecated,
        KafkaRoleWithKey,
        InvalidKafkaValue,
        EmptyRuleKey,
        ServerNamesWithRules,
        InvalidServerName,
        ListenerOnIngress,
        ListenerWithRules,
        ListenerIncomplete,
        UnknownListenerKind,
        ListenerPriority,
    ];
}
