using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>A port of a service and where it leads.</summary>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Port">The service's port.</param>
/// <param name="Backends">Distinct kinds of backends: their workload, unless they are no pods, the family of their address, and the port after translation.</param>
internal sealed record ServiceTarget(
    IpProtocol Protocol, int Port, ImmutableArray<(ConnectivityEnd.Workload? Workload, EndpointClass Class, AddressFamily Family, int Port)> Backends)
{
    /// <summary>The backends that are others than pods of that workload.</summary>
    public ServiceTarget Without(ConnectivityEnd.Workload workload) => this with { Backends = [.. Backends.Where(b => b.Workload != workload)] };
}
