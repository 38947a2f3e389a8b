namespace PolicyCompiler.Core.Explain;

/// <summary>A rule that was considered.</summary>
/// <param name="Role">What it has to do with the decision.</param>
/// <param name="Comparison">What of it matches, and what does not.</param>
public sealed record RuleStep(RuleRole Role, RuleComparison Comparison);
