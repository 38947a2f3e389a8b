using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Policies.Admin;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>Every kind that policies are read from: the source of docs/schema and docs/fields.md.</summary>
internal static class PolicySchemas
{
    public static IReadOnlyList<PolicySchema> All { get; } =
    [
        NetworkPolicySchema.Build(),
        CiliumPolicySchema.Build(CiliumPolicy.NamespacedKind),
        CiliumPolicySchema.Build(CiliumPolicy.ClusterwideKind),
        CidrGroupSchema.Build(),
        AdminPolicySchema.Build(AdminVariant.Alpha1, AdminPolicy.AdminKind),
        AdminPolicySchema.Build(AdminVariant.Alpha1, AdminPolicy.BaselineKind),
        AdminPolicySchema.Build(AdminVariant.Alpha2, AdminPolicy.ClusterKind),
    ];
}
