using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Explain;

/// <summary>The decision about one flow, and what proxies do with the request on it.</summary>
/// <param name="Decision">The decision of the policies.</param>
/// <param name="EgressProxy">What the proxy at the source does with the request; null: there is none, or nothing was asked.</param>
/// <param name="IngressProxy">Likewise at the destination.</param>
public sealed record FlowAnswer(FlowDecision Decision, ProxyDecision? EgressProxy, ProxyDecision? IngressProxy)
{
    /// <summary>The connection passes, and no proxy denies the request.</summary>
    public bool Allowed => Decision.Allowed
        && EgressProxy?.Verdict != ProxyVerdict.Denied && IngressProxy?.Verdict != ProxyVerdict.Denied;
}
