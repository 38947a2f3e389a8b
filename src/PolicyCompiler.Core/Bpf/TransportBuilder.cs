using System.Buffers.Binary;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Bpf;

/// <summary>The part of a packet after the IP headers.</summary>
internal static class TransportBuilder
{
    private const int TcpHeaderLength = 20;
    private const int UdpHeaderLength = 8;
    private const int IcmpHeaderLength = 8;
    private const int SctpHeaderLength = 12;
    private const int SctpInitLength = 20;

    public static byte[] Build(Packet packet, ReadOnlySpan<byte> quoted) => packet.Protocol switch
    {
        IpProtocol.Tcp => BuildTcp(packet),
        IpProtocol.Udp => BuildUdp(packet),
        IpProtocol.Sctp => BuildSctp(packet),
        IpProtocol.Icmp or IpProtocol.IcmpV6 => BuildIcmp(packet, quoted),
        _ => [.. packet.Payload],
    };

    private static byte[] BuildTcp(Packet packet)
    {
        var bytes = WithPorts(packet, TcpHeaderLength);
        bytes[12] = TcpHeaderLength / 4 << 4;
        bytes[13] = (byte)packet.TcpFlags;
        Write16(bytes, 14, ushort.MaxValue);
        Write16(bytes, 16, PseudoHeaderChecksum(packet, bytes));
        return bytes;
    }

    private static byte[] BuildUdp(Packet packet)
    {
        var bytes = WithPorts(packet, UdpHeaderLength);
        Write16(bytes, 4, (ushort)bytes.Length);

        // A computed zero is sent as all ones, since zero says 'no checksum' (RFC 768).
        var checksum = PseudoHeaderChecksum(packet, bytes);
        Write16(bytes, 6, checksum == 0 ? ushort.MaxValue : checksum);
        return bytes;
    }

    // An INIT chunk, so that the packet is one that opens an association.
    private static byte[] BuildSctp(Packet packet)
    {
        var bytes = WithPorts(packet, SctpHeaderLength + SctpInitLength);
        bytes[SctpHeaderLength] = 1;
        Write16(bytes, SctpHeaderLength + 2, SctpInitLength);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(SctpHeaderLength + 4), 1);
        Write16(bytes, SctpHeaderLength + 12, 1);
        Write16(bytes, SctpHeaderLength + 14, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Crc32C.Of(bytes));
        return bytes;
    }

    private static byte[] BuildIcmp(Packet packet, ReadOnlySpan<byte> quoted)
    {
        var bytes = new byte[IcmpHeaderLength + quoted.Length + packet.Payload.Length];
        bytes[0] = packet.IcmpType;
        bytes[1] = packet.IcmpCode;
        Write16(bytes, 4, packet.IcmpIdentifier);
        quoted.CopyTo(bytes.AsSpan(IcmpHeaderLength));
        packet.Payload.CopyTo(bytes, IcmpHeaderLength + quoted.Length);
        Write16(bytes, 2, packet.Protocol == IpProtocol.Icmp ? InternetChecksum.Of(bytes) : PseudoHeaderChecksum(packet, bytes));
        return bytes;
    }

    private static byte[] WithPorts(Packet packet, int headerLength)
    {
        var bytes = new byte[headerLength + packet.Payload.Length];
        Write16(bytes, 0, packet.SourcePort);
        Write16(bytes, 2, packet.DestinationPort);
        packet.Payload.CopyTo(bytes, headerLength);
        return bytes;
    }

    private static ushort PseudoHeaderChecksum(Packet packet, ReadOnlySpan<byte> content)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        length[7] = (byte)packet.Protocol;
        return InternetChecksum.Of([.. packet.Source.ToBytes(), .. packet.Destination.ToBytes(), .. length, .. content]);
    }

    private static void Write16(byte[] bytes, int at, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), value);
}
