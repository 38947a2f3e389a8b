using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>cilium.io CiliumCIDRGroup: blocks that rules can refer to by name or by labels.</summary>
/// <param name="Name">metadata.name; the kind is cluster-scoped.</param>
/// <param name="Labels">metadata.labels.</param>
/// <param name="Blocks">spec.externalCIDRs.</param>
/// <param name="Span">Where the name stands.</param>
public sealed record CidrGroup(string Name, LabelSet Labels, ImmutableArray<IpPrefix> Blocks, SourceSpan Span);
