using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>
/// An item of ingress, ingressDeny, egress or egressDeny. For peers, a null array is an absent field and an empty one an
/// empty list: Cilium gives them different meanings. At most one sort of peer is set.
/// </summary>
public sealed record CiliumRuleItem
{
    public ImmutableArray<CiliumSelector>? Endpoints { get; init; }

    public ImmutableArray<IpBlock>? Cidrs { get; init; }

    public ImmutableArray<CiliumCidrRule>? CidrSets { get; init; }

    public ImmutableArray<CiliumEntity>? Entities { get; init; }

    /// <summary>fromNodes or toNodes: selectors over node labels.</summary>
    public ImmutableArray<LabelSelector>? Nodes { get; init; }

    /// <summary>toServices; egress only.</summary>
    public ImmutableArray<CiliumServiceReference>? Services { get; init; }

    /// <summary>toFQDNs; egress allow only.</summary>
    public ImmutableArray<NamePattern>? Names { get; init; }

    /// <summary>toPorts; absent and empty mean the same.</summary>
    public ImmutableArray<CiliumPortRule> ToPorts { get; init; } = [];

    /// <summary>All fields of all items of icmps; absent and empty mean the same.</summary>
    public ImmutableArray<CiliumIcmp> Icmps { get; init; } = [];

    /// <summary>authentication.mode; null: not stated.</summary>
    public AuthenticationMode? Authentication { get; init; }

    public required SourceSpan Span { get; init; }
}
