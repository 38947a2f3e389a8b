namespace PolicyCompiler.Core.Tables;

/// <summary>What a decision id stands for. The first thirteen are the template's own (POLICYC_FIXED_* in policyc_abi.h).</summary>
public enum DecisionKind
{
    None,
    NotIsolated,
    NodeLocal,
    Link,
    Related,
    Invalid,
    UnknownL3,
    InvalidExtensionHeader,
    FragmentNotFound,
    ConnectionNotCreated,
    InvalidSourceAddress,

    /// <summary>A rule redirects to a proxy that does not listen, or cannot read the protocol.</summary>
    ProxyMissing,

    /// <summary>A rule asks for authentication that is not there or has expired.</summary>
    Unauthenticated,

    /// <summary>A rule decided.</summary>
    Rule,

    /// <summary>The endpoint is isolated and no rule matched.</summary>
    DefaultDeny,

    /// <summary>Rules decided whose connections a proxy serves.</summary>
    Proxy,
}
