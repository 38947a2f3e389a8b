using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

public sealed record Service
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public LabelSet Labels { get; init; } = LabelSet.Empty;

    public required string Type { get; init; }

    public required ImmutableArray<IpAddress> ClusterAddresses { get; init; }

    public required ImmutableArray<IpAddress> ExternalAddresses { get; init; }

    /// <summary>Empty: the service has no selector; its backends come from Endpoints or EndpointSlice objects.</summary>
    public required LabelSet Selector { get; init; }

    public required ImmutableArray<ServicePort> Ports { get; init; }

    /// <summary>Addresses from Endpoints and EndpointSlice objects.</summary>
    public ImmutableArray<IpAddress> BackendAddresses { get; init; } = [];

    public required SourceSpan Span { get; init; }
}
