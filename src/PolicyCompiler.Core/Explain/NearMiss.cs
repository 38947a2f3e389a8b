using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Explain;

/// <summary>A rule that did not match, and why.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="PeerMatches">Some peer of it matches the flow.</param>
/// <param name="PortMatches">Some port of it matches the flow.</param>
/// <param name="Why">In words: what the rule wants and what the flow has.</param>
public sealed record NearMiss(Rule Rule, bool PeerMatches, bool PortMatches, string Why);
