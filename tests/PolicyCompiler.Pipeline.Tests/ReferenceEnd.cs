using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>One end of a flow, as what it is: exactly one of pod, node, reserved entity, and outside of the cluster.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Node">The node.</param>
/// <param name="Entity">An entity of the cluster without address.</param>
/// <param name="Address">The address, if one is known.</param>
/// <param name="Family">Family of the flow.</param>
/// <param name="Names">DNS names that it is known by.</param>
internal sealed record ReferenceEnd(Endpoint? Pod, Node? Node, Entity? Entity, IpAddress? Address, AddressFamily Family, IReadOnlyList<string> Names)
{
    public bool IsOutside => Pod is null && Node is null && Entity is null;

    public static ReferenceEnd Of(ClusterView cluster, FlowPeer peer, AddressFamily family)
    {
        if (peer.Endpoint is { IsNode: false } pod)
        {
            return new ReferenceEnd(pod, null, null, peer.Address, family, []);
        }

        var entity = peer.Entity is Core.Model.Entity.World or Core.Model.Entity.WorldIPv4 or Core.Model.Entity.WorldIPv6 ? null : peer.Entity;
        var node = peer.Address is { } address ? NodeAt(cluster, address) : null;
        var names = new List<string>();
        if (peer.Name is { } name)
        {
            names.Add(name);
        }

        names.AddRange(cluster.DnsRecords.Where(r => peer.Address is { } a && r.Addresses.Contains(a)).Select(r => r.Name));
        return new ReferenceEnd(null, node, entity, peer.Address, family, names);
    }

    /// <summary>The node that has the address, stated or shown by a pod in the node's network.</summary>
    private static Node? NodeAt(ClusterView cluster, IpAddress address)
    {
        if (cluster.Nodes.FirstOrDefault(n => n.Addresses.Contains(address)) is { } stated)
        {
            return stated;
        }

        var pod = cluster.Endpoints.FirstOrDefault(e => e.HostNetwork && e.Addresses.Contains(address));
        return pod is null ? null
            : cluster.Nodes.FirstOrDefault(n => n.Name == pod.NodeName) ?? new Node("?", LabelSet.Empty, [address], pod.Span);
    }
}
