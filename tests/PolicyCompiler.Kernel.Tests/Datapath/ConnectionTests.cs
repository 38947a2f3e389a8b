using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using static PolicyCompiler.Kernel.Tests.Datapath.DatapathAddresses;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>Policy is decided on the first packet of a connection; replies follow it, and so does a change of policy.</summary>
public class ConnectionTests
{
    /// <summary>Connections the endpoint accepts and connections it opens, of every protocol with replies, in both families.</summary>
    public static TheoryData<Direction, AddressFamily, IpProtocol> Connections
    {
        get
        {
            var data = new TheoryData<Direction, AddressFamily, IpProtocol>();
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                foreach (var family in Families)
                {
                    foreach (var protocol in new[] { IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp, EchoProtocol(family) })
                    {
                        data.Add(direction, family, protocol);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void RepliesFollowAnAllowedConnection(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = Endpoint();
        var opening = Opening(direction, family, protocol);

        // The reply alone is a connection of its own, to a port that no rule names.
        Expect.Denied(Run(endpoint, Opposite(direction), opening.Reply()), Opposite(direction));
        endpoint.Forget();
        Expect.Allowed(Run(endpoint, direction, opening), direction);
        Expect.Allowed(Run(endpoint, Opposite(direction), opening.Reply()), direction, "reply");
        Expect.Allowed(Run(endpoint, direction, Established(opening)), direction, "established");
        Expect.Allowed(Run(endpoint, Opposite(direction), Established(opening.Reply())), direction, "established reply");
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void DeniedConnectionsLeaveNoTrace(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = Endpoint();
        endpoint.Revoke();
        var opening = Opening(direction, family, protocol);
        Expect.Denied(Run(endpoint, direction, opening), direction);
        endpoint.Restore();

        Expect.Denied(Run(endpoint, Opposite(direction), opening.Reply()), Opposite(direction), "a reply to what was denied");
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void RevokedRuleStopsTheConnectionAtItsNextPacket(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        foreach (var replyFirst in new[] { false, true })
        {
            using var endpoint = Endpoint();
            var opening = Opening(direction, family, protocol);
            Expect.Allowed(Run(endpoint, direction, opening), direction);
            Expect.Allowed(Run(endpoint, Opposite(direction), opening.Reply()), direction);

            endpoint.Revoke();
            if (replyFirst)
            {
                Expect.Denied(Run(endpoint, Opposite(direction), Established(opening.Reply())), direction, "reply");
            }

            Expect.Denied(Run(endpoint, direction, Established(opening)), direction, "forward");
            Expect.Denied(Run(endpoint, Opposite(direction), Established(opening.Reply())), direction, "reply");
        }
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void ReplyOfARevokedConnectionIsNotANewConnectionTheOtherWay(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = Endpoint();
        var opening = Opening(direction, family, protocol) with
        {
            // Were the reply judged by itself, its destination port would be one that a rule allows.
            SourcePort = Port(protocol),
        };
        Expect.Allowed(Run(endpoint, direction, opening), direction);
        endpoint.Configuration = endpoint.Configuration with
        {
            Revision = 7,
            Ingress = direction == Direction.Ingress ? DatapathPolicy.DenyRoots(direction) : DatapathPolicy.Roots(Direction.Ingress),
            Egress = direction == Direction.Egress ? DatapathPolicy.DenyRoots(direction) : DatapathPolicy.Roots(Direction.Egress),
        };

        var reply = Established(opening.Reply());
        Expect.Denied(Run(endpoint, Opposite(direction), reply), direction, "first reply");
        Expect.Denied(Run(endpoint, Opposite(direction), reply), direction, "second reply");
    }

    [Fact]
    public void UnchangedPolicyOfANewRevisionKeepsTheConnection()
    {
        using var endpoint = Endpoint();
        var opening = Opening(Direction.Egress, AddressFamily.IPv4, IpProtocol.Tcp);
        Expect.Allowed(endpoint.From(opening), Direction.Egress);
        endpoint.Restore();

        Expect.Allowed(endpoint.To(Established(opening.Reply())), Direction.Egress, "the reply is judged as the connection was");
        Expect.Allowed(endpoint.From(Established(opening)), Direction.Egress);
    }

    [Fact]
    public void SynStartsOverAfterARevocation()
    {
        using var endpoint = Endpoint();
        foreach (var family in Families)
        {
            var opening = Opening(Direction.Ingress, family, IpProtocol.Tcp);
            Expect.Allowed(endpoint.To(opening), Direction.Ingress);
            endpoint.Revoke();
            Expect.Denied(endpoint.To(Established(opening)), Direction.Ingress);
            Expect.Denied(endpoint.To(opening), Direction.Ingress, "a new connection under the policy that denies it");
            endpoint.Restore();
            Expect.Allowed(endpoint.To(opening), Direction.Ingress, "a new connection");
            Expect.Allowed(endpoint.From(opening.Reply()), Direction.Ingress);
        }
    }

    [Fact]
    public void SynTheOtherWayIsJudgedInItsOwnDirection()
    {
        using var endpoint = Endpoint();
        var accepted = Packet.OfFlow(Peer4, Self4, IpProtocol.Tcp, 80, sourcePort: 5555);
        Expect.Allowed(endpoint.To(accepted), Direction.Ingress);
        Expect.Allowed(endpoint.From(accepted.Reply()), Direction.Ingress);
        endpoint.Revoke();
        Expect.Denied(endpoint.To(Established(accepted)), Direction.Ingress);

        Expect.Denied(endpoint.From(Packet.OfFlow(Self4, Peer4, IpProtocol.Tcp, 5555, sourcePort: 80)), Direction.Egress);
    }

    [Fact]
    public void ClosedConnectionCanBeOpenedAgain()
    {
        using var endpoint = Endpoint();
        foreach (var end in new[] { TcpFlags.Rst, TcpFlags.Fin | TcpFlags.Ack })
        {
            var opening = Opening(Direction.Ingress, AddressFamily.IPv4, IpProtocol.Tcp);
            Expect.Allowed(endpoint.To(opening), Direction.Ingress);
            Expect.Allowed(endpoint.From(opening.Reply()), Direction.Ingress);
            Expect.Allowed(endpoint.To(opening with { TcpFlags = end }), Direction.Ingress);
            Expect.Allowed(endpoint.From(opening.Reply() with { TcpFlags = end }), Direction.Ingress, "the last packets still pass");
            Expect.Allowed(endpoint.To(opening), Direction.Ingress);
            Expect.Allowed(endpoint.From(opening.Reply()), Direction.Ingress);
        }
    }

    [Fact]
    public void MiddleOfAnUnknownConnectionIsJudgedAsItsBeginning()
    {
        using var endpoint = Endpoint();
        var middle = Established(Opening(Direction.Ingress, AddressFamily.IPv4, IpProtocol.Tcp));

        Expect.Allowed(endpoint.To(middle), Direction.Ingress);
        Expect.Denied(endpoint.To(middle with { DestinationPort = 81 }), Direction.Ingress);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void ExpiredConnectionIsForgotten(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = Endpoint();
        var opening = Opening(direction, family, protocol);
        Expect.Allowed(Run(endpoint, direction, opening), direction);
        Expect.Allowed(Run(endpoint, Opposite(direction), opening.Reply()), direction);
        endpoint.ExpireConnections();

        Expect.Denied(Run(endpoint, Opposite(direction), Established(opening.Reply())), Opposite(direction));
    }

    [Fact]
    public void TombstoneExpiresToo()
    {
        using var endpoint = Endpoint();
        var opening = Opening(Direction.Ingress, AddressFamily.IPv4, IpProtocol.Udp);
        Expect.Allowed(endpoint.To(opening), Direction.Ingress);
        endpoint.Configuration = endpoint.Configuration with { Revision = 5, Ingress = DatapathPolicy.DenyRoots(Direction.Ingress) };
        Expect.Denied(endpoint.To(opening), Direction.Ingress);
        endpoint.ExpireConnections();

        // Judged as a connection of its own again: by the egress policy, which does not name the port.
        Expect.Denied(endpoint.From(opening.Reply()), Direction.Egress);
    }

    [Fact]
    public void ConnectionsOfAnotherEndpointAreNotItsOwn()
    {
        using var endpoint = Endpoint();
        var opening = Opening(Direction.Ingress, AddressFamily.IPv4, IpProtocol.Udp);
        Expect.Allowed(endpoint.To(opening), Direction.Ingress);
        endpoint.Forget();

        Expect.Denied(endpoint.From(opening.Reply()), Direction.Egress);
    }

    [Fact]
    public void EchoesWithDifferentIdentifiersAreDifferentConnections()
    {
        using var endpoint = Endpoint();
        foreach (var family in Families)
        {
            var request = Opening(Direction.Ingress, family, EchoProtocol(family));
            Expect.Allowed(endpoint.To(request), Direction.Ingress);
            Expect.Denied(endpoint.From(request.Reply() with { IcmpIdentifier = 99 }), Direction.Egress);
            Expect.Allowed(endpoint.From(request.Reply()), Direction.Ingress);
        }
    }

    [Fact]
    public void EchoRequestTheOtherWayIsAConnectionOfItsOwn()
    {
        using var endpoint = Endpoint();
        endpoint.Configuration = endpoint.Configuration with { Egress = DatapathPolicy.DenyRoots(Direction.Egress) };
        foreach (var family in Families)
        {
            var request = Opening(Direction.Ingress, family, EchoProtocol(family));
            Expect.Allowed(endpoint.To(request), Direction.Ingress);
            var back = request with { Source = request.Destination, Destination = request.Source };
            Expect.Denied(endpoint.From(back), Direction.Egress, $"{family}: same identifier, but a request");
            Expect.Allowed(endpoint.From(request.Reply()), Direction.Ingress);
        }
    }

    internal static Packet Opening(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        var (source, destination) = direction == Direction.Ingress ? (Peer(family), Self(family)) : (Self(family), Peer(family));
        return Packet.OfFlow(source, destination, protocol, Port(protocol));
    }

    internal static Packet Established(Packet packet) => packet with { TcpFlags = TcpFlags.Ack };

    internal static IpProtocol EchoProtocol(AddressFamily family) => family == AddressFamily.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6;

    /// <summary>Whose program takes the packets.</summary>
    private protected virtual TestEndpoint Endpoint() => TestEndpoint.WithTables();

    private static ushort Port(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => 80,
        IpProtocol.Udp => 53,
        IpProtocol.Sctp => 9899,
        IpProtocol.Icmp => 8,
        _ => 128,
    };

    private static TestRunResult Run(TestEndpoint endpoint, Direction direction, Packet packet) =>
        direction == Direction.Ingress ? endpoint.To(packet) : endpoint.From(packet);

    private static Direction Opposite(Direction direction) => direction == Direction.Ingress ? Direction.Egress : Direction.Ingress;
}
