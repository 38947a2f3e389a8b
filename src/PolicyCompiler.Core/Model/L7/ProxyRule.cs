using System.Collections.Immutable;

namespace PolicyCompiler.Core.Model.L7;

/// <summary>Why and how the connections of a rule go through a proxy. At least one member is set.</summary>
/// <param name="Rules">What to check of requests; null: nothing.</param>
/// <param name="ServerNames">TLS server names that may be asked for, exact or with a leading <c>*.</c>; empty: any.</param>
/// <param name="Listener">The listener to send them to; null: the proxy's own for the protocol.</param>
/// <param name="TerminatingTls">TLS from the client ends at the proxy.</param>
/// <param name="OriginatingTls">TLS from the proxy to the server.</param>
public sealed record ProxyRule(
    L7Rules? Rules,
    ImmutableArray<NamePattern> ServerNames,
    ProxyListener? Listener,
    TlsContext? TerminatingTls,
    TlsContext? OriginatingTls);
