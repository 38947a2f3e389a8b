namespace PolicyCompiler.Core.Tables;

/// <summary>What a decision id stands for. The first eleven are the template's own (POLICYC_FIXED_* in policyc_abi.h).</summary>
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

    /// <summary>A rule decided.</summary>
    Rule,

    /// <summary>The endpoint is isolated and no rule matched.</summary>
    DefaultDeny,

    /// <summary>Rules decided whose connections a proxy serves.</summary>
    Proxy,
}
