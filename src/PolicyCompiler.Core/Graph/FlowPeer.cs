using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>One end of a flow: an endpoint, an address that belongs to none, or what is known of one without address.</summary>
/// <param name="Endpoint">The pod; never a host-network pod or a node, which are known by the node's address only.</param>
/// <param name="Address">The address in the flow's family; null where it is not known.</param>
public readonly record struct FlowPeer(Endpoint? Endpoint, IpAddress? Address)
{
    /// <summary>Without endpoint and address: a reserved entity, or <c>world-ipv4</c> and <c>world-ipv6</c>.</summary>
    public Entity? Entity { get; init; }

    /// <summary>The DNS name by which it was asked for; its address may be known or not.</summary>
    public string? Name { get; init; }

    public override string ToString() => Endpoint?.Reference
        ?? (Name is null ? Address?.ToString() ?? Entity?.Name() ?? "-" : Address is null ? Name : $"{Name} ({Address})");
}
