using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>A port of a service and where it leads.</summary>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Port">The service's port.</param>
/// <param name="Backends">Distinct kinds of backends: the end that is no source for them because they are of it, the family of their address, and the port after translation.</param>
internal sealed record ServiceTarget(
    IpProtocol Protocol, int Port, ImmutableArray<(ConnectivityEnd? End, EndpointClass Class, AddressFamily Family, int Port)> Backends)
{
    /// <summary>The backends that are others than pods of that end.</summary>
    public ServiceTarget Without(ConnectivityEnd end) => this with { Backends = [.. Backends.Where(b => b.End != end)] };
}
