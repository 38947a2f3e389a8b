using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>Ready addresses that an Endpoints or EndpointSlice object gives for a service.</summary>
internal sealed record ServiceBackends(string Namespace, string ServiceName, IReadOnlyList<IpAddress> Addresses);
