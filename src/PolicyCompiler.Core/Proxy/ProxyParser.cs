namespace PolicyCompiler.Core.Proxy;

/// <summary>What a proxy must understand to enforce a set of rules.</summary>
public enum ProxyParser
{
    Http,
    Dns,
    Kafka,

    /// <summary>The server name of a TLS handshake; what is inside passes.</summary>
    Tls,

    /// <summary>A parser that the proxy brings, named by <c>l7proto</c>.</summary>
    Generic,

    /// <summary>A listener of an Envoy configuration, which decides by itself.</summary>
    Listener,
}
