using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Agreement;

/// <summary>A decision on which graph, tables and kernel do not agree.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Graph">What the policies mean.</param>
/// <param name="Tables">What the tables say.</param>
/// <param name="Kernel">What the program in the kernel said; null when it was not asked.</param>
public sealed record Disagreement(Flow Flow, SideDecision Graph, VerdictWord Tables, VerdictWord? Kernel);
