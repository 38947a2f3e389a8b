using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Policies.Cilium;
using static PolicyCompiler.Frontend.Schema.FieldType;
using static PolicyCompiler.Frontend.Schema.PolicyField;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>cilium.io CiliumCIDRGroup.</summary>
internal static class CidrGroupSchema
{
    public static PolicySchema Build() => CommonTypes.Kind(
        CidrGroupReader.Kind,
        CidrGroupReader.ApiVersions,
        [CiliumFields.CidrGroup],
        CommonTypes.Metadata(
            CommonTypes.NoNamespace(CiliumDiagnostics.ClusterScopedWithNamespace),
            labels: Compiled("labels", CommonTypes.Labels, "Labels that a cidrGroupSelector looks at.")),
        [
            Compiled("spec", new ObjectType("Spec", [CiliumFields.CidrGroupSpec],
            [
                Compiled("externalCIDRs", new List(TextTypes.CidrOrAddress), "The blocks of the group; an address alone is a block of one."),
            ]), "The group."),
        ]);
}
