using System.Collections.Immutable;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Bpf;

/// <summary>One comparison: matches when the identity index and the port key lie in any of their ranges.</summary>
/// <param name="Identities">Inclusive ranges of identity indexes; empty: any.</param>
/// <param name="Ports">Ranges of port keys; empty: any.</param>
/// <param name="Verdict">What to answer.</param>
/// <param name="Origin">The policy line the comparison comes from.</param>
public sealed record InlineCase(
    ImmutableArray<(int First, int Last)> Identities,
    ImmutableArray<PortKeyRange> Ports,
    VerdictWord Verdict,
    PlanOrigin Origin)
{
    public bool Equals(InlineCase? other) => other is not null && Verdict == other.Verdict && Origin == other.Origin
        && Identities.SequenceEqual(other.Identities) && Ports.SequenceEqual(other.Ports);

    public override int GetHashCode() => HashCode.Combine(Verdict, Origin, Identities.Length, Ports.Length);
}
