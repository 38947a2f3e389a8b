using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// Estimated nanoseconds of a decision after the identity is known, of the order that BPF_PROG_TEST_RUN gives
/// (docs/benchmarks.md). Only their ratio matters: which representation is cheaper.
/// </summary>
public static class CostModel
{
    /// <summary>One load from a page: bounds check, index, NULL check, load.</summary>
    public const double Slot = 1.4;

    /// <summary>One comparison of a range with a constant.</summary>
    public const double Comparison = 0.45;

    /// <summary>More than this many comparisons are never worth their code, whatever the estimate.</summary>
    public const int MaximumComparisons = 16;

    public static double Table(DirectionPolicy policy, int identityLevels)
    {
        // The walks to the row and to the column do not depend on each other, and overlap.
        var row = policy.DependsOnIdentity ? identityLevels : 0;
        var column = policy.DependsOnPort ? PolicyTables.PortLevels : 0;
        return Slot * (Math.Max(row, column) + (Math.Min(row, column) * 0.5) + policy.RowLevels);
    }

    public static double Inline(int comparisons) => Comparison * comparisons;
}
