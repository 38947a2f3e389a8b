using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Cilium;

/// <summary>Kinds whose objects are in no namespace.</summary>
internal static class ClusterScope
{
    /// <summary>The namespace may be meant as a limit, which it would not be: an error, as for the API server.</summary>
    public static void Check(FieldReader fields, YamlMapping item, string kind)
    {
        if (FieldReader.Find(item, "metadata") is YamlMapping metadata && FieldReader.Find(metadata, "namespace") is { } node
            and not YamlScalar { Text.Length: 0 })
        {
            fields.Findings.ReportField(CiliumDiagnostics.ClusterScopedWithNamespace, node, kind);
        }
    }
}
