using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about pods, workloads, namespaces, services and nodes.</summary>
public static class ClusterDiagnostics
{
    public static readonly DiagnosticDescriptor InvalidAddress = new(
        "NP1151", DiagnosticSeverity.Error, "Address is not valid",
        "{0}: \"{1}\" is not an IP address");

    public static readonly DiagnosticDescriptor AddressUsedTwice = new(
        "NP1152", DiagnosticSeverity.Error, "Two pods with one address",
        "{0} is already the address of pod {1} at {2}");

    public static readonly DiagnosticDescriptor TwoAddressesOfFamily = new(
        "NP1153", DiagnosticSeverity.Error, "Two addresses of one family",
        "{0}: {1} is a second {2} address; a pod has at most one of a family");

    public static readonly DiagnosticDescriptor ContainerPortOutOfRange = new(
        "NP1154", DiagnosticSeverity.Error, "Port number out of range",
        "{0}: {1} is not a port number; ports are 1 to 65535");

    public static readonly DiagnosticDescriptor ContainerProtocol = new(
        "NP1155", DiagnosticSeverity.Error, "Unknown protocol",
        "{0}: \"{1}\" is not a protocol of a port; write TCP, UDP or SCTP");

    public static readonly DiagnosticDescriptor ContainerPortName = new(
        "NP1156", DiagnosticSeverity.Error, "Container port name is not valid",
        "{0}: \"{1}\" is not a port name: {2}");

    public static readonly DiagnosticDescriptor NamespaceNameLabel = new(
        "NP1157", DiagnosticSeverity.Error, "Namespace with the name label of another",
        "{0}: the label is \"{1}\", but the namespace is {2}");

    public static readonly DiagnosticDescriptor WorkloadRenamed = new(
        "NP1158", DiagnosticSeverity.Information, "Two workloads share a name",
        "{0} {1}/{2} is called {1}/{3}, because the other name belongs to {4}");

    public static readonly DiagnosticDescriptor SyntheticAddressesExhausted = new(
        "NP1159", DiagnosticSeverity.Error, "Too many endpoints without address",
        "no made-up address is left for {0}; there are {1} a family");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        InvalidAddress,
        AddressUsedTwice,
        TwoAddressesOfFamily,
        ContainerPortOutOfRange,
        ContainerProtocol,
        ContainerPortName,
        NamespaceNameLabel,
        WorkloadRenamed,
        SyntheticAddressesExhausted,
    ];
}
