using System.Collections.Immutable;

namespace PolicyCompiler.Core.Diff;

/// <summary>A difference, and how much of it an allow list covers.</summary>
/// <param name="Difference">The difference.</param>
/// <param name="By">The entries that cover some of its flows.</param>
/// <param name="Left">The flows that none covers; empty: all are covered.</param>
public sealed record ToleratedDifference(Difference Difference, ImmutableArray<AllowListEntry> By, ImmutableArray<FlowBox> Left)
{
    public bool IsTolerated => Left.IsEmpty;
}
