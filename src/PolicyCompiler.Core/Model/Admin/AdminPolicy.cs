using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Admin;

/// <summary>
/// policy.networking.k8s.io AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1), ClusterNetworkPolicy (v1alpha2).
/// </summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Name">metadata.name.</param>
/// <param name="Tier">Admin or Baseline.</param>
/// <param name="Priority">0 to 1000, lower first; 0 for BaselineAdminNetworkPolicy, which has none.</param>
/// <param name="PrioritySpan">Where the priority stands; the name for BaselineAdminNetworkPolicy.</param>
/// <param name="Subject">The pods it is for.</param>
/// <param name="Ingress">In order: the first rule that matches decides.</param>
/// <param name="Egress">In order: the first rule that matches decides.</param>
/// <param name="Span">Where the name stands.</param>
public sealed record AdminPolicy(
    string Kind,
    string Name,
    Tier Tier,
    int Priority,
    SourceSpan PrioritySpan,
    AdminPods Subject,
    ImmutableArray<AdminRule> Ingress,
    ImmutableArray<AdminRule> Egress,
    SourceSpan Span) : PolicyObject(Kind, "", Name, Span)
{
    public const string AdminKind = "AdminNetworkPolicy";

    public const string BaselineKind = "BaselineAdminNetworkPolicy";

    public const string ClusterKind = "ClusterNetworkPolicy";
}
