using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using static PolicyCompiler.Kernel.Tests.Datapath.DatapathAddresses;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>What is not well formed ends in a drop with a reason, whatever the policy says.</summary>
public sealed class MalformedPacketTests
{
    [Fact]
    public void PacketsCutAtEveryLengthAreDroppedWithAReason()
    {
        using var endpoint = TestEndpoint.WithTables();
        foreach (var packet in Allowed())
        {
            var frame = packet.ToFrame();
            for (var length = SmallestTestRun(packet); length < frame.Length; length++)
            {
                var result = endpoint.Run(Direction.Ingress, frame.AsSpan(0, length));
                Assert.False(result.Passes, $"{packet} cut to {length} of {frame.Length} bytes: {result.Verdict}");
                Assert.NotEqual(0, result.Verdict.Decision);
                endpoint.Forget();
            }

            Expect.Allowed(endpoint.Run(Direction.Ingress, frame), Direction.Ingress, packet.ToString());
        }
    }

    [Theory]
    [InlineData("version 5", 0, 0x55)]
    [InlineData("version 0", 0, 0x05)]
    [InlineData("header of 16 bytes", 0, 0x44)]
    [InlineData("header longer than the packet", 0, 0x4f)]
    [InlineData("total length 0", 3, 0)]
    [InlineData("total length below the headers", 3, 30)]
    [InlineData("total length beyond the frame", 2, 0xff)]
    public void BadIPv4Header(string what, int offset, byte value)
    {
        using var endpoint = TestEndpoint.WithTables();
        var frame = Packet.OfFlow(Peer4, Self4, IpProtocol.Tcp, 80).ToFrame();
        frame[PacketBuilder.EthernetHeaderLength + offset] = value;

        Expect.Fixed(endpoint.Run(Direction.Ingress, frame), DecisionKind.Invalid, Direction.Ingress, what);
    }

    [Theory]
    [InlineData("version 4", 0, 0x40)]
    [InlineData("payload length beyond the frame", 4, 0xff)]
    [InlineData("payload length below the header", 5, 10)]
    public void BadIPv6Header(string what, int offset, byte value)
    {
        using var endpoint = TestEndpoint.WithTables();
        var frame = Packet.OfFlow(Peer6, Self6, IpProtocol.Tcp, 80).ToFrame();
        frame[PacketBuilder.EthernetHeaderLength + offset] = value;

        Expect.Fixed(endpoint.Run(Direction.Ingress, frame), DecisionKind.Invalid, Direction.Ingress, what);
    }

    [Fact]
    public void ExtensionHeaderLongerThanThePacket()
    {
        using var endpoint = TestEndpoint.WithTables();
        var packet = Packet.OfFlow(Peer6, Self6, IpProtocol.Tcp, 80) with { ExtensionHeaders = [new ExtensionHeader(60, 255, [1, 4, 0, 0, 0, 0])] };
        var result = endpoint.To(packet);

        Assert.False(result.Passes);
        Assert.Contains(result.Verdict.Decision, new[]
        {
            DecisionInfo.FixedId(DecisionKind.InvalidExtensionHeader, Direction.Ingress), DecisionInfo.FixedId(DecisionKind.Invalid, Direction.Ingress),
        });
    }

    [Fact]
    public void PaddingAfterAPacketIsIgnored()
    {
        using var endpoint = TestEndpoint.WithTables();
        foreach (var family in Families)
        {
            byte[] frame = [.. Packet.OfFlow(Peer(family), Self(family), IpProtocol.Udp, 53).ToFrame(), .. new byte[18]];
            Expect.Allowed(endpoint.Run(Direction.Ingress, frame), Direction.Ingress, $"{family}");
        }
    }

    [Fact]
    public void RandomBytesNeverPassByThePolicy()
    {
        using var endpoint = TestEndpoint.WithTables();
        var random = new Random(20260);
        var good = Allowed().Select(p => p.ToFrame()).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var frame = (byte[])good[random.Next(good.Length)].Clone();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                // Not the addresses: a peer's packet with other addresses is judged as another's.
                frame[random.Next(12, frame.Length)] = (byte)random.Next(256);
            }

            var result = endpoint.Run(Direction.Ingress, frame);
            Assert.True(result.Passes != result.Verdict.Action.IsDrop(), Convert.ToHexString(frame));
            Assert.True(result.Verdict.Decision is > 1 and < 22 or 64 or 65 or 66, $"{result.Verdict}: {Convert.ToHexString(frame)}");
        }
    }

    // The kernel itself refuses to run an untagged frame without a whole IP header; tagged ones can be cut anywhere.
    private static int SmallestTestRun(Packet packet) => !packet.VlanTags.IsEmpty ? PacketBuilder.EthernetHeaderLength + 1
        : PacketBuilder.EthernetHeaderLength + (packet.Source.Family == AddressFamily.IPv4 ? 20 : 40);

    private static IEnumerable<Packet> Allowed()
    {
        foreach (var family in Families)
        {
            foreach (var (protocol, port) in new[] { (IpProtocol.Tcp, 80), (IpProtocol.Udp, 53), (IpProtocol.Sctp, 9899), (ConnectionTests.EchoProtocol(family), 0) })
            {
                var type = protocol.IsIcmp() ? family == AddressFamily.IPv4 ? 8 : 128 : port;
                var packet = Packet.OfFlow(Peer(family), Self(family), protocol, type) with { Payload = [1, 2, 3, 4] };
                yield return packet;
                yield return packet with { VlanTags = [VlanTag.Customer(1)] };
            }
        }

        yield return Packet.OfFlow(Peer4, Self4, IpProtocol.Tcp, 80) with { IPv4Options = [1, 1, 1, 1, 1, 1, 1, 1] };
        yield return Packet.OfFlow(Peer6, Self6, IpProtocol.Tcp, 80) with
        {
            ExtensionHeaders = [ExtensionHeader.HopByHop, ExtensionHeader.Routing, ExtensionHeader.Authentication],
        };
    }
}
