using System.Collections.Immutable;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Bpf;

/// <summary>How the code of one direction finds its verdict. Plans that are equal give the same code.</summary>
public abstract record DecisionPlan
{
    private DecisionPlan()
    {
    }

    /// <summary>Every new connection gets the same verdict: no lookup at all.</summary>
    public sealed record Constant(VerdictWord Verdict, PlanOrigin Origin) : DecisionPlan;

    /// <summary>A few comparisons, first match wins, then the default.</summary>
    public sealed record Inline(ImmutableArray<InlineCase> Cases, VerdictWord Default, PlanOrigin Origin) : DecisionPlan
    {
        public bool Equals(Inline? other) =>
            other is not null && Default == other.Default && Origin == other.Origin && Cases.SequenceEqual(other.Cases);

        public override int GetHashCode() => HashCode.Combine(Cases.Length, Default, Origin);
    }

    /// <summary>
    /// The verdict is read from the tries in <c>policyc_pages</c> (policyc_abi.h), whose roots are in the endpoint's
    /// configuration: one program serves every policy of that shape.
    /// </summary>
    /// <param name="ByIdentity">False: <c>identity_root</c> is the row page itself.</param>
    /// <param name="ByPort">False: the column is 0.</param>
    /// <param name="IdentityLevels">Levels of the identity trie: 2 (12-bit indexes) or 3 (18-bit).</param>
    /// <param name="RowLevels">Levels of a row: 1 (6-bit columns), 2 (12-bit) or 3 (18-bit).</param>
    public sealed record Table(bool ByIdentity, bool ByPort, int IdentityLevels, int RowLevels) : DecisionPlan;
}
