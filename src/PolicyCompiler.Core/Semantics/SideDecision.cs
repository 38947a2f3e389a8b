using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Semantics;

/// <summary>The answer of one side of a flow: egress at the source, or ingress at the destination.</summary>
/// <param name="Direction">Which side.</param>
/// <param name="Allowed">The verdict.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rule">The deciding rule: the first that matches in canonical order.</param>
/// <param name="Matching">All rules that match.</param>
/// <param name="Isolating">The policies that isolate the endpoint in this direction.</param>
public sealed record SideDecision(
    Direction Direction,
    bool Allowed,
    DecisionReason Reason,
    Rule? Rule,
    ImmutableArray<Rule> Matching,
    ImmutableArray<PolicyNode> Isolating);
