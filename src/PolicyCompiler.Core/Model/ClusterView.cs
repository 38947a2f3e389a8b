using System.Collections.Immutable;

namespace PolicyCompiler.Core.Model;

/// <summary>What the inputs say about the cluster. Every list is in ordinal order of namespace, then name.</summary>
public sealed record ClusterView
{
    public ImmutableArray<Namespace> Namespaces { get; init; } = [];

    public ImmutableArray<Endpoint> Endpoints { get; init; } = [];

    public ImmutableArray<Service> Services { get; init; } = [];

    public ImmutableArray<Node> Nodes { get; init; } = [];

    public ImmutableArray<CidrGroup> CidrGroups { get; init; } = [];

    /// <summary>Answers of the name service that are known, for flows to names.</summary>
    public ImmutableArray<DnsRecord> DnsRecords { get; init; } = [];
}
