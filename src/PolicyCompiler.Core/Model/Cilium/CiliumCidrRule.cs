using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>An item of fromCIDRSet or toCIDRSet. Exactly one of the first three is set.</summary>
/// <param name="Cidr">The block.</param>
/// <param name="GroupName">cidrGroupRef: name of a CiliumCIDRGroup.</param>
/// <param name="GroupSelector">cidrGroupSelector: labels of CiliumCIDRGroups.</param>
/// <param name="Except">Blocks to leave out.</param>
/// <param name="Span">The list item.</param>
public sealed record CiliumCidrRule(
    IpPrefix? Cidr, string? GroupName, LabelSelector? GroupSelector, ImmutableArray<IpPrefix> Except, SourceSpan Span);
