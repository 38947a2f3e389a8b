using System.Buffers.Binary;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>
/// A policy that the node has to serve, the same in both directions: the peer's connections to port 80 go through a proxy,
/// those to port 81 have to be authenticated, those to port 82 both. Nobody else may do anything.
/// </summary>
internal static class ServedPolicy
{
    public const ushort Redirected = 80;
    public const ushort Authenticated = 81;
    public const ushort Both = 82;

    /// <summary>Where the tests' proxies listen: both bytes differ, so that their order shows.</summary>
    public const ushort ProxyPort = 0x3a98;

    /// <summary>The mark of a packet for the proxy: its port as the network has it, and Cilium's number for 'to the proxy'.</summary>
    public const uint ToProxy = 0x983a0200;

    public const ProgramFeatures Features = ProgramFeatures.Redirects | ProgramFeatures.Authenticates;

    public static VerdictWord Redirect(Direction direction) => new(VerdictAction.Redirect, 70 + (int)direction);

    public static VerdictWord Authenticate(Direction direction) => new(VerdictAction.Authenticate, 72 + (int)direction);

    public static VerdictWord RedirectAuthenticated(Direction direction) => new(VerdictAction.AuthenticateAndRedirect, 74 + (int)direction);

    public static DecisionPlan Plan(Direction direction) => new DecisionPlan.Inline(
        [
            Case(Redirected, Redirect(direction)), Case(Authenticated, Authenticate(direction)), Case(Both, RedirectAuthenticated(direction)),
        ],
        DatapathPolicy.Deny(direction),
        PlanOrigin.None);

    /// <summary>The first packet of a connection with the peer.</summary>
    public static Packet Opening(Direction direction, AddressFamily family, ushort port, IpProtocol protocol = IpProtocol.Tcp)
    {
        var (self, peer) = (DatapathAddresses.Self(family), DatapathAddresses.Peer(family));
        return direction == Direction.Ingress
            ? Packet.OfFlow(peer, self, protocol, port)
            : Packet.OfFlow(self, peer, protocol, port);
    }

    /// <summary>A proxy for a decision; port 0: it does not listen.</summary>
    public static void Serve(this TestEndpoint endpoint, VerdictWord verdict, ushort port = ProxyPort)
    {
        var key = new byte[sizeof(int)];
        var value = new byte[MapContentsBuilder.ProxySize];
        BinaryPrimitives.WriteInt32LittleEndian(key, verdict.Decision);
        BinaryPrimitives.WriteUInt16BigEndian(value, port);
        endpoint.Maps.Update(new MapContents(DatapathMaps.Proxies, key.Length, value.Length, 1, [.. key], [.. value]));
    }

    /// <summary>The peer and the endpoint authenticate each other.</summary>
    public static void AuthenticatePeer(this TestEndpoint endpoint, ulong expires = DatapathMaps.Forever) =>
        endpoint.Maps.Authenticate(endpoint.Configuration.EndpointId, DatapathPolicy.PeerIdentity, expires);

    public static Direction Opposite(this Direction direction) => direction == Direction.Ingress ? Direction.Egress : Direction.Ingress;

    private static InlineCase Case(ushort port, VerdictWord verdict) => new(
        [(DatapathPolicy.PeerIdentity, DatapathPolicy.PeerIdentity)],
        [.. new[] { IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp }.Select(p => new PortKeyRange(PortKey.Of(p, port), PortKey.Of(p, port)))],
        verdict,
        PlanOrigin.None);
}
