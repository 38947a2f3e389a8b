using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using static PolicyCompiler.Kernel.Tests.Datapath.DatapathAddresses;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>Counters and drop events name the decision.</summary>
public sealed class ObservationTests
{
    [Fact]
    public void EveryPacketIsCountedUnderItsDecision()
    {
        using var endpoint = TestEndpoint.WithTables();
        var allowed = Packet.OfFlow(Peer4, Self4, IpProtocol.Tcp, 80).ToFrame();
        var denied = Packet.OfFlow(Stranger6, Self6, IpProtocol.Udp, 53).ToFrame();
        for (var i = 0; i < 3; i++)
        {
            endpoint.Run(Direction.Ingress, allowed);
        }

        endpoint.Run(Direction.Ingress, denied);
        endpoint.Run(Direction.Egress, PacketBuilder.BuildEthernet(0x8847, new byte[46]));

        var unknown = DecisionInfo.FixedId(DecisionKind.UnknownL3, Direction.Egress);
        Assert.Equal(
            [
                (unknown, new DecisionCounter(1, 60)),
                (DatapathPolicy.Allow(Direction.Ingress).Decision, new DecisionCounter(3, 3 * (ulong)allowed.Length)),
                (DatapathPolicy.Deny(Direction.Ingress).Decision, new DecisionCounter(1, (ulong)denied.Length)),
            ],
            endpoint.Maps.ReadCounters());
    }

    [Fact]
    public void DropEventDescribesThePacket()
    {
        using var endpoint = TestEndpoint.WithTables();
        using var events = endpoint.Maps.OpenEvents();
        foreach (var family in Families)
        {
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                var packet = direction == Direction.Ingress
                    ? Packet.OfFlow(Peer(family), Self(family), IpProtocol.Tcp, 81, sourcePort: 1234)
                    : Packet.OfFlow(Self(family), Peer(family), IpProtocol.Tcp, 81, sourcePort: 1234);
                var frame = packet.ToFrame();
                endpoint.Run(direction, frame);

                var dropped = Assert.Single(events.Read(TimeSpan.FromSeconds(2)));
                Assert.Equal((endpoint.Configuration.EndpointId, DatapathPolicy.Deny(direction)), (dropped.EndpointId, dropped.Verdict));
                Assert.Equal((direction, (uint)frame.Length, (uint)DatapathPolicy.PeerIdentity), (dropped.Direction, dropped.Length, dropped.Identity));
                Assert.Equal((packet.Source, packet.Destination), (dropped.Source, dropped.Destination));
                Assert.Equal((IpProtocol.Tcp, 1234, 81), (dropped.Protocol, dropped.SourcePort, dropped.DestinationPort));
                Assert.NotEqual(0ul, dropped.TimeNanoseconds);
            }
        }
    }

    [Fact]
    public void AllowedPacketsSendNoEvent()
    {
        using var endpoint = TestEndpoint.WithTables();
        using var events = endpoint.Maps.OpenEvents();
        Expect.Allowed(endpoint.To(Packet.OfFlow(Peer4, Self4, IpProtocol.Tcp, 80)), Direction.Ingress);

        Assert.Empty(events.Read());
    }

    [Fact]
    public void FullRingBufferDoesNotStopTheDatapath()
    {
        using var endpoint = TestEndpoint.WithTables();
        var packet = Packet.OfFlow(Stranger4, Self4, IpProtocol.Tcp, 80).ToFrame();
        var runs = endpoint.Maps.Capacity(DatapathMaps.Events) / DropEvent.Size * 2;
        for (var i = 0; i < runs; i++)
        {
            Expect.Denied(endpoint.Run(Direction.Ingress, packet), Direction.Ingress);
        }

        Assert.Equal((ulong)runs, endpoint.Maps.ReadCounter(DatapathPolicy.Deny(Direction.Ingress).Decision).Packets);
        using var events = endpoint.Maps.OpenEvents();
        Assert.Equal((ulong)runs, (ulong)events.Read().Count + endpoint.Maps.ReadLostEvents());
        Assert.NotEqual(0ul, endpoint.Maps.ReadLostEvents());
    }
}
