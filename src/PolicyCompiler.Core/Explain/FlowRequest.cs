using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Explain;

/// <summary>A flow as a user asks about it.</summary>
/// <param name="From">Source reference.</param>
/// <param name="To">Destination reference.</param>
/// <param name="Protocol">Protocol.</param>
/// <param name="Port">Destination port, or ICMP type.</param>
/// <param name="Family">Null: IPv4 unless one end only has IPv6.</param>
public sealed record FlowRequest(string From, string To, IpProtocol Protocol, int Port, AddressFamily? Family)
{
    /// <summary>What is asked on the connection, for a proxy to decide; null: only the connection is asked about.</summary>
    public ProxyRequest? Request { get; init; }
}
