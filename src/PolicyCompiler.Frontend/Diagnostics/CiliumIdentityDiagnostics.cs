using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Findings about the identities of a running Cilium cluster.</summary>
public static class CiliumIdentityDiagnostics
{
    public static readonly DiagnosticDescriptor IdentityName = new(
        "NP1291", DiagnosticSeverity.Error, "CiliumIdentity without a number",
        "the name of a CiliumIdentity is its number, and \"{0}\" is none");

    public static readonly DiagnosticDescriptor IdentityNumber = new(
        "NP1292", DiagnosticSeverity.Error, "Identity number out of range",
        "{0}: {1} is not an identity number, which has 32 bits");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        IdentityName,
        IdentityNumber,
    ];
}
