using System.Buffers.Binary;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Kernel.Tests;

public sealed class PacketBuilderTests
{
    private static readonly IpAddress A4 = IpAddress.Parse("10.0.0.1");
    private static readonly IpAddress B4 = IpAddress.Parse("10.0.0.2");
    private static readonly IpAddress A6 = IpAddress.Parse("fd00::1");
    private static readonly IpAddress B6 = IpAddress.Parse("fd00::2");

    // The checksums were worked out separately from RFC 791 and 768.
    [Fact]
    public void UdpOverIPv4ByteForByte()
    {
        var frame = (Packet.OfFlow(A4, B4, IpProtocol.Udp, 53, 1000) with { Payload = [1, 2, 3] }).ToFrame();

        Assert.Equal(
            "020000000002" + "020000000001" + "0800" + "4500001f00000000401166cc0a0000010a000002" + "03e80035000be3b6" + "010203",
            Convert.ToHexStringLower(frame));
    }

    [Theory]
    [InlineData(IpProtocol.Tcp)]
    [InlineData(IpProtocol.Udp)]
    [InlineData(IpProtocol.Icmp)]
    [InlineData(IpProtocol.IcmpV6)]
    public void ChecksumsAreRight(IpProtocol protocol)
    {
        foreach (var (source, destination) in new[] { (A4, B4), (A6, B6) })
        {
            var packet = Packet.OfFlow(source, destination, protocol, 8) with { Payload = [1, 2, 3, 4, 5] };
            var ip = PacketBuilder.BuildIp(packet);
            var content = ip.AsSpan(source.Family == AddressFamily.IPv4 ? 20 : 40);
            if (source.Family == AddressFamily.IPv4)
            {
                Assert.Equal(0, InternetChecksum.Of(ip.AsSpan(0, 20)));
            }

            byte[] pseudo = protocol == IpProtocol.Icmp
                ? []
                : [.. source.ToBytes(), .. destination.ToBytes(), 0, 0, 0, (byte)content.Length, 0, 0, 0, (byte)protocol];
            Assert.Equal(0, InternetChecksum.Of([.. pseudo, .. content]));
        }
    }

    // The check value of CRC-32C in the catalogue of CRCs.
    [Fact]
    public void Crc32CCheckValue() => Assert.Equal(0xe3069283u, Crc32C.Of("123456789"u8));

    [Fact]
    public void HeadersFollowEachOther()
    {
        var frame = (Packet.OfFlow(A6, B6, IpProtocol.Tcp, 80) with
        {
            ExtensionHeaders = [ExtensionHeader.HopByHop, ExtensionHeader.Authentication],
            Fragment = new PacketFragment(9, 8, 8, MoreFragments: true),
            VlanTags = [VlanTag.Provider(3), VlanTag.Customer(4)],
        }).ToFrame();

        Assert.Equal(0x88a8, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(12)));
        Assert.Equal(0x8100, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(16)));
        Assert.Equal(PacketBuilder.EtherTypeIPv6, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(20)));
        var ip = frame.AsSpan(22);
        Assert.Equal(ip.Length - 40, BinaryPrimitives.ReadUInt16BigEndian(ip[4..]));
        Assert.Equal((0, 51, 44, 6), (ip[6], ip[40], ip[48], ip[64]));
        Assert.Equal(8 | 1, BinaryPrimitives.ReadUInt16BigEndian(ip[66..]));
        Assert.Equal(72 + 8, ip.Length);
    }

    [Fact]
    public void FragmentsJoinToTheDatagram()
    {
        var whole = Packet.OfFlow(A4, B4, IpProtocol.Udp, 53) with { Payload = [.. new byte[32]] };
        var first = PacketBuilder.BuildIp(whole with { Fragment = new PacketFragment(1, 0, 16, MoreFragments: true) });
        var last = PacketBuilder.BuildIp(whole with { Fragment = new PacketFragment(1, 16, 24, MoreFragments: false) });

        Assert.Equal<byte>(PacketBuilder.BuildIp(whole)[20..], (byte[])[.. first[20..], .. last[20..]]);
        Assert.Equal((0x2000, 2), (BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(6)), BinaryPrimitives.ReadUInt16BigEndian(last.AsSpan(6))));
    }

    [Fact]
    public void ErrorQuotesThePacket()
    {
        var packet = Packet.OfFlow(A4, B4, IpProtocol.Tcp, 80);
        var error = PacketBuilder.BuildIp(packet.Error(IpAddress.Parse("10.0.0.254"), 3, 4) with { QuotedLength = 28 });

        Assert.Equal((3, 4), (error[20], error[21]));
        Assert.Equal(PacketBuilder.BuildIp(packet)[..28], error[28..]);
        Assert.Equal(A4, IpAddress.FromBytes(error.AsSpan(16, 4)));
    }

    [Fact]
    public void ReplyExchangesTheEnds()
    {
        var reply = Packet.OfFlow(A4, B4, IpProtocol.Tcp, 80, 1000).Reply();
        var echo = Packet.OfFlow(A6, B6, IpProtocol.IcmpV6, 128, 77).Reply();

        Assert.Equal((B4, A4, (ushort)80, (ushort)1000), (reply.Source, reply.Destination, reply.SourcePort, reply.DestinationPort));
        Assert.Equal(TcpFlags.Syn | TcpFlags.Ack, reply.TcpFlags);
        Assert.Equal((129, 77), (echo.IcmpType, echo.IcmpIdentifier));
    }

    [Fact]
    public void ArpRequest()
    {
        var frame = PacketBuilder.BuildArpRequest(A4, B4);

        Assert.Equal(42, frame.Length);
        Assert.Equal((A4, B4), (IpAddress.FromBytes(frame.AsSpan(28, 4)), IpAddress.FromBytes(frame.AsSpan(38, 4))));
    }
}
