using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Pipeline.Inputs;

/// <summary>Findings about the file of DNS records.</summary>
public static class DnsDiagnostics
{
    public static readonly DiagnosticDescriptor NotRecords = new(
        "NP0030",
        DiagnosticSeverity.Error,
        "DNS records in the wrong form",
        "{0}; write {{\"NAME\": [\"ADDRESS\", ...]}}, or lines NAME ADDRESS...");

    public static readonly DiagnosticDescriptor InvalidName = new(
        "NP0031",
        DiagnosticSeverity.Error,
        "Name of a DNS record is not valid",
        "\"{0}\" is not a DNS name: {1}");

    public static readonly DiagnosticDescriptor InvalidAddress = new(
        "NP0032",
        DiagnosticSeverity.Error,
        "Address of a DNS record is not valid",
        "\"{0}\" is not an IP address; a record has addresses, no names and no blocks");

    public static readonly DiagnosticDescriptor NoAddress = new(
        "NP0033",
        DiagnosticSeverity.Error,
        "DNS record without an address",
        "{0} has no address; a name that is left out has none too");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [NotRecords, InvalidName, InvalidAddress, NoAddress];
}
