using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about the ports and ICMP types of Cilium rules.</summary>
public static class CiliumPortDiagnostics
{
    public static readonly DiagnosticDescriptor PortMissing = new(
        "NP1241", DiagnosticSeverity.Error, "Port without a number or name",
        "{0}: port is missing; for all ports of the protocol write \"0\"");

    public static readonly DiagnosticDescriptor InvalidPort = new(
        "NP1242", DiagnosticSeverity.Error, "Port is not valid",
        "{0}: \"{1}\" is neither a port number nor a port name: {2}");

    public static readonly DiagnosticDescriptor UnknownProtocol = new(
        "NP1243", DiagnosticSeverity.Error, "Unknown protocol",
        "{0}: \"{1}\" is not a protocol; write TCP, UDP, SCTP, ICMP, ICMPv6 or ANY{2}");

    public static readonly DiagnosticDescriptor ExtendedProtocol = new(
        "NP1244", DiagnosticSeverity.Error, "Protocol that Cilium knows only by an option",
        "{0}: {1} is known only where enable-extended-ip-protocols is set, which is not supported");

    public static readonly DiagnosticDescriptor TooManyPorts = new(
        "NP1245", DiagnosticSeverity.Error, "More than 40 ports or ICMP types",
        "{0} has {1} items; at most {2} are allowed");

    public static readonly DiagnosticDescriptor EndPortIgnored = new(
        "NP1246", DiagnosticSeverity.Warning, "End of a port range before its start",
        "{0}: {1} is smaller than port {2}, so Cilium takes the one port");

    public static readonly DiagnosticDescriptor EndPortWithoutNumber = new(
        "NP1247", DiagnosticSeverity.Error, "Port range without a start",
        "{0}: a range needs a port number from 1 as its start, but port is \"{1}\"");

    public static readonly DiagnosticDescriptor EndPortOutOfRange = new(
        "NP1248", DiagnosticSeverity.Error, "End of a port range is not a port",
        "{0}: {1} is not a port number; ports are 1 to 65535");

    public static readonly DiagnosticDescriptor PortsMissing = new(
        "NP1249", DiagnosticSeverity.Warning, "Item of toPorts without ports",
        "{0}: the item names no port, so it stands for all ports");

    public static readonly DiagnosticDescriptor IcmpWithPorts = new(
        "NP1250", DiagnosticSeverity.Error, "ICMP types beside ports",
        "{0}: icmps cannot stand beside toPorts in one rule; make two items of them");

    public static readonly DiagnosticDescriptor UnknownIcmpFamily = new(
        "NP1251", DiagnosticSeverity.Error, "Unknown address family",
        "{0}: \"{1}\" is not an address family; write IPv4 or IPv6{2}");

    public static readonly DiagnosticDescriptor UnknownIcmpType = new(
        "NP1252", DiagnosticSeverity.Error, "Unknown ICMP type",
        "{0}: {1} is not an ICMP type of {2}; write a number from 0 to 255, or a name{3}");

    public static readonly DiagnosticDescriptor IcmpTypeMissing = new(
        "NP1253", DiagnosticSeverity.Error, "ICMP field without a type",
        "{0}: type is missing");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        PortMissing,
        InvalidPort,
        UnknownProtocol,
        ExtendedProtocol,
        TooManyPorts,
        EndPortIgnored,
        EndPortWithoutNumber,
        EndPortOutOfRange,
        PortsMissing,
        IcmpWithPorts,
        UnknownIcmpFamily,
        UnknownIcmpType,
        IcmpTypeMissing,
    ];
}
