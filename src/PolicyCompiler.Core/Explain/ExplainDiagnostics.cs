using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Explain;

public static class ExplainDiagnostics
{
    public static readonly DiagnosticDescriptor BadReference = new(
        "NP0010",
        DiagnosticSeverity.Error,
        "Not a flow end",
        "'{0}' names no end of a flow; write {1}");

    public static readonly DiagnosticDescriptor UnknownEndpoint = new(
        "NP0011",
        DiagnosticSeverity.Error,
        "Unknown endpoint",
        "no pod or workload '{0}' in the input{1}");

    public static readonly DiagnosticDescriptor NoAddress = new(
        "NP0012",
        DiagnosticSeverity.Error,
        "Host-network pod without an address",
        "'{0}' uses its node's network and its address is not known; name the node's address with ip:ADDRESS");

    public static readonly DiagnosticDescriptor FamilyMismatch = new(
        "NP0013",
        DiagnosticSeverity.Error,
        "Address of the wrong family",
        "{0} cannot be part of an {1} flow of protocol {2}; use addresses of one family");

    public static readonly DiagnosticDescriptor PortOutOfRange = new(
        "NP0014",
        DiagnosticSeverity.Error,
        "Port out of range",
        "{0} is no {1} port or type; it lies between 0 and {2}");

    public static readonly DiagnosticDescriptor UnknownService = new(
        "NP0015",
        DiagnosticSeverity.Error,
        "Unknown service",
        "no service '{0}' in the input");

    public static readonly DiagnosticDescriptor UnknownNode = new(
        "NP0016",
        DiagnosticSeverity.Error,
        "Unknown node",
        "no node '{0}' with an address in the input");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
        [BadReference, UnknownEndpoint, NoAddress, FamilyMismatch, PortOutOfRange, UnknownService, UnknownNode];
}
