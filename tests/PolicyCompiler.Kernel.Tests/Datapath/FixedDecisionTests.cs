using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using static PolicyCompiler.Kernel.Tests.Datapath.DatapathAddresses;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>What the template decides without asking the policy.</summary>
public sealed class FixedDecisionTests
{
    private const byte NeighbourHopLimit = 255;

    public static TheoryData<Direction> BothDirections => [Direction.Ingress, Direction.Egress];

    [Theory]
    [MemberData(nameof(BothDirections))]
    public void ArpPasses(Direction direction)
    {
        using var endpoint = TestEndpoint.WithTables();
        endpoint.Revoke();

        Expect.Fixed(endpoint.Run(direction, PacketBuilder.BuildArpRequest(Stranger4, Self4)), DecisionKind.Link, direction);
    }

    [Theory]
    [MemberData(nameof(BothDirections))]
    public void NeighbourDiscoveryPassesOnTheLinkOnly(Direction direction)
    {
        using var endpoint = TestEndpoint.WithTables();
        var linkLocal = IpAddress.Parse("fe80::1");
        for (byte type = 133; type <= 137; type++)
        {
            var packet = direction == Direction.Ingress
                ? Packet.OfFlow(linkLocal, Self6, IpProtocol.IcmpV6, type)
                : Packet.OfFlow(Self6, linkLocal, IpProtocol.IcmpV6, type);
            packet = packet with { HopLimit = NeighbourHopLimit, Payload = [.. Self6.ToBytes()] };
            Expect.Fixed(endpoint.Run(direction, packet.ToFrame()), DecisionKind.Link, direction, $"type {type}");
            Expect.Denied(endpoint.Run(direction, (packet with { HopLimit = 254 }).ToFrame()), direction, $"type {type} through a router");
        }
    }

    [Theory]
    [MemberData(nameof(BothDirections))]
    public void UnknownNetworkProtocolIsDropped(Direction direction)
    {
        using var endpoint = TestEndpoint.WithTables();
        foreach (var etherType in new ushort[] { 0x8847, 0x88cc, 0x0027, 0x8864 })
        {
            Expect.Fixed(
                endpoint.Run(direction, PacketBuilder.BuildEthernet(etherType, new byte[46])), DecisionKind.UnknownL3, direction, $"{etherType:x4}");
        }
    }

    [Fact]
    public void ForeignSourceAddressIsDroppedOnEgress()
    {
        using var endpoint = TestEndpoint.WithTables();
        foreach (var family in Families)
        {
            var spoofed = Packet.OfFlow(Stranger(family), Peer(family), IpProtocol.Tcp, 80);
            Expect.Fixed(endpoint.From(spoofed), DecisionKind.InvalidSourceAddress, Direction.Egress, $"{family}");
        }

        endpoint.Configuration = endpoint.Configuration with { IPv4 = null, IPv6 = null };
        foreach (var family in Families)
        {
            var result = endpoint.From(Packet.OfFlow(Stranger(family), Peer(family), IpProtocol.Tcp, 80));
            Expect.Allowed(result, Direction.Egress, $"{family}: not checked");
        }
    }

    [Fact]
    public void OwnNodeIsLetInAndItsRepliesOut()
    {
        using var endpoint = TestEndpoint.WithTables();
        foreach (var family in Families)
        {
            var probe = Packet.OfFlow(Node(family), Self(family), IpProtocol.Tcp, 8080);
            Expect.Fixed(endpoint.To(probe), DecisionKind.NodeLocal, Direction.Ingress, $"{family}");
            Assert.True(endpoint.From(probe.Reply()).Passes, $"{family} reply");
            Assert.True(endpoint.To(ConnectionTests.Established(probe)).Passes, $"{family} established");

            var towardsNode = Packet.OfFlow(Self(family), Node(family), IpProtocol.Tcp, 8080, sourcePort: 45000);
            Expect.Denied(endpoint.From(towardsNode), Direction.Egress, $"{family}: egress to the node is policy");
        }
    }

    [Fact]
    public void UnenforcedEndpointAllowsWhateverIsWellFormed()
    {
        using var endpoint = TestEndpoint.Unenforced();
        foreach (var family in Families)
        {
            Assert.True(endpoint.To(Packet.OfFlow(Stranger(family), Self(family), IpProtocol.Tcp, 1)).Passes);
            Assert.True(endpoint.From(Packet.OfFlow(Self(family), Stranger(family), IpProtocol.Udp, 1)).Passes);
        }
    }
}
