namespace PolicyCompiler.Core.Proxy;

/// <summary>A question to a proxy: would this pass?</summary>
public abstract record ProxyRequest
{
    private ProxyRequest()
    {
    }

    public sealed record Http(HttpRequest Request) : ProxyRequest;

    /// <summary>A query for a name, of any type.</summary>
    public sealed record Dns(string Name) : ProxyRequest;

    /// <summary>A TLS handshake that asks for a server; empty when it names none.</summary>
    public sealed record ServerName(string Name) : ProxyRequest;

    public sealed record Kafka(KafkaRequest Request) : ProxyRequest;
}
