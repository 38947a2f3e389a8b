using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Diff;

/// <summary>One direction whose decision makes the difference.</summary>
/// <param name="Direction">Egress of the source, or ingress of the destination.</param>
/// <param name="Before">What decided; null where the old side does not have the end.</param>
/// <param name="After">What decides now; null where the new side does not have the end.</param>
public sealed record SideChange(Direction Direction, PolicyDecision? Before, PolicyDecision? After);
