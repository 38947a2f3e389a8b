using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Semantics;

/// <summary>The answer of one side of a flow: egress at the source, or ingress at the destination.</summary>
/// <param name="Direction">Which side.</param>
/// <param name="Allowed">The verdict; what goes through a proxy counts as allowed.</param>
/// <param name="Reason">Why.</param>
public sealed record SideDecision(Direction Direction, bool Allowed, DecisionReason Reason)
{
    /// <summary>The deciding rule; null if none decided.</summary>
    public Rule? Rule { get; init; }

    /// <summary>All rules of the deciding tier that match and say the same.</summary>
    public ImmutableArray<Rule> Matching { get; init; } = [];

    /// <summary>The rule that left the decision to a later tier, if one did.</summary>
    public Rule? Passed { get; init; }

    /// <summary>The policies that isolate the endpoint in this direction.</summary>
    public ImmutableArray<PolicyNode> Isolating { get; init; } = [];

    /// <summary>The matching rules whose connections a proxy serves, in canonical order; empty: no proxy.</summary>
    public ImmutableArray<Rule> Proxied { get; init; } = [];

    /// <summary>Some rule allows the connection whatever is asked on it, so the proxy denies nothing.</summary>
    public bool ProxyAllowsEverything { get; init; }

    /// <summary>It passes only once both ends are authenticated.</summary>
    public bool NeedsAuthentication { get; init; }
}
