using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>What a connection to a service is addressed to, and where it goes.</summary>
/// <param name="Service">The service.</param>
/// <param name="Port">Its port; null: the service has none of that number and protocol.</param>
/// <param name="Backends">In order of address; empty: nobody answers.</param>
public sealed record ServiceFrontend(Service Service, ServicePort? Port, ImmutableArray<ServiceBackend> Backends)
{
    public string Reference => $"{Service.Namespace}/{Service.Name}";
}
