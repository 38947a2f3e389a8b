using System.Collections.Immutable;

namespace PolicyCompiler.Core.Explain;

/// <summary>One stage of the walk.</summary>
/// <param name="Stage">Which one.</param>
/// <param name="Rules">The rules considered, in the order in which they are asked.</param>
/// <param name="Decides">Whether the decision was made here; the stages after it were not asked then.</param>
/// <param name="Outcome">What came of it, in words.</param>
public sealed record WalkStep(WalkStage Stage, ImmutableArray<RuleStep> Rules, bool Decides, string Outcome);
