using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Who is in a set, in this cluster.</summary>
internal sealed record MemberSet
{
    public static MemberSet Empty { get; } = new();

    /// <summary>Indexes of endpoints; never a host-network pod or a node.</summary>
    public ImmutableSortedSet<int> Pods { get; init; } = [];

    /// <summary>Only those of them count that are no pod's, node's or service's.</summary>
    public AddressSet Addresses { get; init; } = AddressSet.Empty;

    /// <summary>Addresses of nodes.</summary>
    public ImmutableSortedSet<IpAddress> Nodes { get; init; } = [];

    /// <summary>Reserved identities whose addresses are not known.</summary>
    public ImmutableSortedSet<Entity> Entities { get; init; } = [];

    /// <summary>Names with IPv4 addresses that are not known.</summary>
    public NameSet IPv4Names { get; init; } = NameSet.None;

    /// <summary>Names with IPv6 addresses that are not known.</summary>
    public NameSet IPv6Names { get; init; } = NameSet.None;

    public ImmutableArray<Service> Services { get; init; } = [];

    /// <summary>Addresses of services, which are nobody but what connections to them are translated to; never a pod's or a node's.</summary>
    public ImmutableSortedSet<IpAddress> ServiceAddresses { get; init; } = [];

    /// <summary>What always gets through is not meant: an endpoint's own node, and flows that no end polices.</summary>
    public bool IsAnything { get; init; }

    /// <summary>Host-network pods have the labels that are asked for.</summary>
    public bool SkipsHostPods { get; init; }

    /// <summary>It may be empty.</summary>
    public bool IsOptional { get; init; }

    public MemberSet Union(MemberSet other) => new()
    {
        Pods = Pods.Union(other.Pods),
        Addresses = Addresses.Union(other.Addresses),
        Nodes = Nodes.Union(other.Nodes),
        Entities = Entities.Union(other.Entities),
        IPv4Names = IPv4Names.Union(other.IPv4Names),
        IPv6Names = IPv6Names.Union(other.IPv6Names),
        Services = [.. Services.Union(other.Services)],
        ServiceAddresses = ServiceAddresses.Union(other.ServiceAddresses),
        IsAnything = IsAnything || other.IsAnything,
        SkipsHostPods = SkipsHostPods || other.SkipsHostPods,
        IsOptional = IsOptional && other.IsOptional,
    };

    public MemberSet Except(MemberSet other) => this with
    {
        Pods = Pods.Except(other.Pods),
        Addresses = Addresses.Except(other.Addresses),
        Nodes = Nodes.Except(other.Nodes),
        Entities = Entities.Except(other.Entities),
        IPv4Names = IPv4Names.Except(other.IPv4Names),
        IPv6Names = IPv6Names.Except(other.IPv6Names),
        Services = [.. Services.Except(other.Services)],
        ServiceAddresses = ServiceAddresses.Except(other.ServiceAddresses),
    };
}
