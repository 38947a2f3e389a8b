using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Diagnostics;

/// <summary>Every finding this stage can report.</summary>
public static class FrontendDiagnostics
{
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        .. FileDiagnostics.All,
        .. YamlDiagnostics.All,
        .. ObjectDiagnostics.All,
        .. SchemaDiagnostics.All,
        .. PolicyDiagnostics.All,
        .. CiliumDiagnostics.All,
        .. CiliumPeerDiagnostics.All,
        .. CiliumPortDiagnostics.All,
        .. CiliumProxyDiagnostics.All,
        .. CiliumIdentityDiagnostics.All,
        .. AdminDiagnostics.All,
        .. LabelDiagnostics.All,
        .. ClusterDiagnostics.All,
    ];
}
