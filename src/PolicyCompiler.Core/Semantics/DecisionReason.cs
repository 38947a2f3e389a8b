namespace PolicyCompiler.Core.Semantics;

/// <summary>Why one side of a flow is allowed or denied.</summary>
public enum DecisionReason
{
    /// <summary>A rule matched.</summary>
    Rule,

    /// <summary>The endpoint is isolated in this direction and no rule matched.</summary>
    DefaultDeny,

    /// <summary>No policy isolates the endpoint in this direction.</summary>
    NotIsolated,

    /// <summary>Ingress from the endpoint's own node is always allowed.</summary>
    NodeLocal,

    /// <summary>A pod reaches itself without leaving its network namespace.</summary>
    Loopback,

    /// <summary>This end of the flow is no endpoint, so nothing is enforced there.</summary>
    NotAnEndpoint,
}
