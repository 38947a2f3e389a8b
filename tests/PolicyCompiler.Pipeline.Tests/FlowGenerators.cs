using CsCheck;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Random flows between everything that a flow can have at its ends.</summary>
internal static class FlowGenerators
{
    private static readonly (IpProtocol Protocol, int Port)[] Ports =
    [
        .. IpProtocols.Transport.SelectMany(p => new[] { 0, 1, 2, 53, 79, 80, 81, 300, 8080, 65535 }.Select(n => (p, n))),
        (IpProtocol.Icmp, 0), (IpProtocol.Icmp, 8), (IpProtocol.IcmpV6, 0), (IpProtocol.IcmpV6, 128), ((IpProtocol)47, 0), ((IpProtocol)50, 0),
    ];

    private static readonly Entity[] Entities = [.. Core.Model.Entities.Reserved];

    /// <summary>Numbers that pick flows; each set picks one.</summary>
    public static Gen<(int Local, int Remote, int Port, bool Ingress)[]> Picks { get; } =
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Bool, (local, remote, port, ingress) => (local, remote, port, ingress)).Array[40];

    public static IEnumerable<Flow> Flows(RuleGraph graph, IEnumerable<(int Local, int Remote, int Port, bool Ingress)> picks)
    {
        var addresses = new[] { "10.0.0.0", "10.0.0.9", "10.0.0.15", "10.0.0.16", "10.0.0.20", "10.0.0.31", "10.1.0.0", "192.0.2.1", "2001:db8::", "2001:db8::f", "2001:db9::1" }
            .Select(IpAddress.Parse)
            .Concat(graph.Rules.SelectMany(r => r.Peers).OfType<Peer.Cidr>().SelectMany(c => c.Block.Except.Append(c.Block.Cidr)).SelectMany(p => new[] { p.Address, p.Last }))
            .Distinct();
        List<(AddressFamily Family, FlowPeer Peer)> pods =
            [.. graph.Cluster.Endpoints.Where(e => !e.HostNetwork && !e.IsNode).SelectMany(e => e.Addresses, (e, a) => (a.Family, new FlowPeer(e, a)))];
        List<(AddressFamily Family, FlowPeer Peer)> nodes = [.. graph.NodesByAddress.Keys.Order().Select(a => (a.Family, new FlowPeer(null, a)))];
        List<(AddressFamily Family, FlowPeer Peer)> others =
        [
            .. addresses.Where(a => graph.EndpointAt(a) is null).Select(a => (a.Family, new FlowPeer(null, a))),
            .. Enum.GetValues<AddressFamily>().SelectMany(f => Entities.Append(f == AddressFamily.IPv4 ? Entity.WorldIPv4 : Entity.WorldIPv6)
                .Select(e => (f, new FlowPeer(null, null) { Entity = e }))),
            .. CiliumGenerators.DnsNames.Select(n => (AddressFamily.IPv4, new FlowPeer(null, IpAddress.Parse("192.0.2.77")) { Name = n })),
        ];
        List<(AddressFamily Family, FlowPeer Peer)> locals = [.. pods, .. nodes];
        foreach (var (localIndex, remoteIndex, portIndex, ingress) in picks)
        {
            if (locals.Count == 0)
            {
                yield break;
            }

            var (family, local) = locals[localIndex % locals.Count];
            var remotes = (remoteIndex % 3 == 0 ? others : [.. pods, .. nodes]).Where(r => r.Family == family).ToList();
            var remote = remotes[remoteIndex / 3 % remotes.Count].Peer;
            var (protocol, port) = Ports[portIndex % Ports.Length];
            yield return ingress ? new Flow(remote, local, family, protocol, port) : new Flow(local, remote, family, protocol, port);
        }
    }
}
