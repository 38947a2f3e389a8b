using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>One end that an assertion can mean.</summary>
internal readonly record struct ReferenceMember(Endpoint? Pod, IpAddress? Address, Entity? Entity, (string Text, AddressFamily Family)? Name)
{
    public static ReferenceMember Of(RuleGraph graph, FlowPeer peer) =>
        peer.Endpoint is { } pod ? new(pod, null, null, null) : Of(graph, peer.Address!.Value);

    /// <summary>Whoever has the address.</summary>
    public static ReferenceMember Of(RuleGraph graph, IpAddress address) =>
        graph.EndpointAt(address) is { } pod ? new(pod, null, null, null) : new(null, address, null, null);

    public bool Has(AddressFamily family) => Pod is { } pod ? pod.Address(family) is not null : (Address?.Family ?? Name?.Family ?? family) == family;

    public FlowPeer PeerIn(AddressFamily family) => Pod is { } pod ? new FlowPeer(pod, pod.Address(family))
        : Address is { } address ? new FlowPeer(null, address)
        : Name is { } name ? new FlowPeer(null, null) { Name = name.Text, Entity = family == AddressFamily.IPv4 ? Core.Model.Entity.WorldIPv4 : Core.Model.Entity.WorldIPv6 }
        : new FlowPeer(null, null) { Entity = Entity };
}
