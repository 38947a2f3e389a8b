using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>One end of a flow: an endpoint, or an address that belongs to none. At least one is set.</summary>
/// <param name="Endpoint">The pod; never a host-network pod, which is known by its node's address only.</param>
/// <param name="Address">The address in the flow's family; null for a pod that has none in it.</param>
public readonly record struct FlowPeer(Endpoint? Endpoint, IpAddress? Address)
{
    public override string ToString() => Endpoint?.Reference ?? Address?.ToString() ?? "-";
}
