using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Tables;

/// <summary>A rule resolved to identities and port keys. A rule with a named egress port gives one entry a port number.</summary>
/// <param name="Kind">When it is asked.</param>
/// <param name="Rule">Where it comes from; null for the own node.</param>
/// <param name="AnyIdentity">Matches every identity.</param>
/// <param name="Identities">Otherwise the identity indexes, ascending.</param>
/// <param name="Ports">Disjoint ranges of port keys, ascending.</param>
/// <param name="Verdict">What it answers; of no use for a pass.</param>
public sealed record PolicyEntry(
    EntryKind Kind, RuleId? Rule, bool AnyIdentity, ImmutableArray<int> Identities, ImmutableArray<PortKeyRange> Ports, VerdictWord Verdict)
{
    public bool AnyPort => Ports is [var only] && only == PortKeyRange.Everything;
}
