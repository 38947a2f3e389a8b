using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about NetworkPolicy values: what the API server would refuse.</summary>
public static class PolicyDiagnostics
{
    public static readonly DiagnosticDescriptor TooManyPolicyTypes = new(
        "NP1101", DiagnosticSeverity.Error, "More than two policy types",
        "{0} has {1} items; there are only Ingress and Egress");

    public static readonly DiagnosticDescriptor UnknownPolicyType = new(
        "NP1102", DiagnosticSeverity.Error, "Unknown policy type",
        "{0}: \"{1}\" is not a policy type; write Ingress or Egress{2}");

    public static readonly DiagnosticDescriptor UnknownProtocol = new(
        "NP1103", DiagnosticSeverity.Error, "Unknown protocol",
        "{0}: \"{1}\" is not a protocol of a policy; write TCP, UDP or SCTP{2}");

    public static readonly DiagnosticDescriptor PortOutOfRange = new(
        "NP1104", DiagnosticSeverity.Error, "Port number out of range",
        "{0}: {1} is not a port number; ports are 1 to 65535");

    public static readonly DiagnosticDescriptor InvalidPortName = new(
        "NP1105", DiagnosticSeverity.Error, "Port name is not valid",
        "{0}: \"{1}\" is not a port name: {2}");

    public static readonly DiagnosticDescriptor EndPortTooSmall = new(
        "NP1106", DiagnosticSeverity.Error, "End of a port range before its start",
        "{0}: {1} is smaller than port {2}");

    public static readonly DiagnosticDescriptor EndPortOutOfRange = new(
        "NP1107", DiagnosticSeverity.Error, "End of a port range is not a port",
        "{0}: {1} is not a port number; ports are 1 to 65535");

    public static readonly DiagnosticDescriptor EndPortWithName = new(
        "NP1108", DiagnosticSeverity.Error, "Port range with a named port",
        "{0}: a range needs a number as its start, but port is the name \"{1}\"");

    public static readonly DiagnosticDescriptor EndPortWithoutPort = new(
        "NP1109", DiagnosticSeverity.Error, "Port range without a start",
        "{0}: endPort needs port, the start of the range");

    public static readonly DiagnosticDescriptor EmptyPeer = new(
        "NP1110", DiagnosticSeverity.Error, "Peer without any field",
        "{0}: a peer needs podSelector, namespaceSelector or ipBlock");

    public static readonly DiagnosticDescriptor BlockWithSelector = new(
        "NP1111", DiagnosticSeverity.Error, "ipBlock beside a selector",
        "{0}: ipBlock cannot stand beside {1} in the same peer; make two items of them");

    public static readonly DiagnosticDescriptor InvalidCidr = new(
        "NP1112", DiagnosticSeverity.Error, "Address block is not valid",
        "{0}: \"{1}\" is not an address block: {2}");

    public static readonly DiagnosticDescriptor ExceptNotInside = new(
        "NP1113", DiagnosticSeverity.Error, "Exception is not inside its block",
        "{0}: \"{1}\" is not a strict part of the block {2}");

    public static readonly DiagnosticDescriptor CidrMissing = new(
        "NP1114", DiagnosticSeverity.Error, "Address block without cidr",
        "{0}: ipBlock needs cidr");

    public static readonly DiagnosticDescriptor HostBits = new(
        "NP1115", DiagnosticSeverity.Warning, "Address block has host bits set",
        "{0}: \"{1}\" has bits set behind its prefix; it is read as {2}");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        TooManyPolicyTypes,
        UnknownPolicyType,
        UnknownProtocol,
        PortOutOfRange,
        InvalidPortName,
        EndPortTooSmall,
        EndPortOutOfRange,
        EndPortWithName,
        EndPortWithoutPort,
        EmptyPeer,
        BlockWithSelector,
        InvalidCidr,
        ExceptNotInside,
        CidrMissing,
        HostBits,
    ];
}
