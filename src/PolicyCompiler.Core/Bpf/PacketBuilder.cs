using System.Buffers.Binary;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// Makes Ethernet frames with right lengths and checksums (RFC 791, 8200, 792, 4443, 9293, 768, 9260). To truncate a
/// packet, cut its frame.
/// </summary>
public static class PacketBuilder
{
    public const int EthernetHeaderLength = 14;
    public const ushort EtherTypeIPv4 = 0x0800;
    public const ushort EtherTypeArp = 0x0806;
    public const ushort EtherTypeIPv6 = 0x86dd;

    private const byte FragmentHeader = 44;

    // Locally administered, unicast.
    private static ReadOnlySpan<byte> EthernetAddresses => [0x02, 0, 0, 0, 0, 0x02, 0x02, 0, 0, 0, 0, 0x01];

    public static byte[] Build(Packet packet) => BuildEthernet(
        packet.Source.Family == AddressFamily.IPv4 ? EtherTypeIPv4 : EtherTypeIPv6, BuildIp(packet), packet.VlanTags.AsSpan());

    /// <summary>A frame around any bytes.</summary>
    public static byte[] BuildEthernet(ushort etherType, ReadOnlySpan<byte> content, params ReadOnlySpan<VlanTag> tags)
    {
        var frame = new byte[EthernetHeaderLength + (4 * tags.Length) + content.Length];
        EthernetAddresses.CopyTo(frame);
        var at = EthernetAddresses.Length;
        foreach (var tag in tags)
        {
            at = Write16(frame, at, tag.TagProtocol);
            at = Write16(frame, at, tag.Id);
        }

        at = Write16(frame, at, etherType);
        content.CopyTo(frame.AsSpan(at));
        return frame;
    }

    /// <summary>An ARP request (RFC 826) for an IPv4 address.</summary>
    public static byte[] BuildArpRequest(IpAddress sender, IpAddress target)
    {
        var arp = new byte[28];
        Write16(arp, 0, 1);
        Write16(arp, 2, EtherTypeIPv4);
        arp[4] = 6;
        arp[5] = 4;
        Write16(arp, 6, 1);
        EthernetAddresses[6..].CopyTo(arp.AsSpan(8));
        sender.ToBytes().CopyTo(arp, 14);
        target.ToBytes().CopyTo(arp, 24);
        return BuildEthernet(EtherTypeArp, arp);
    }

    /// <summary>The packet without Ethernet header.</summary>
    public static byte[] BuildIp(Packet packet)
    {
        var quoted = packet.Quoted is null ? [] : BuildIp(packet.Quoted);
        var content = TransportBuilder.Build(packet, quoted.AsSpan(0, Math.Min(quoted.Length, packet.QuotedLength)));
        var part = packet.Fragment is { } fragment
            ? content.AsSpan(fragment.Offset, fragment.Length)
            : content;
        return packet.Source.Family == AddressFamily.IPv4 ? BuildIPv4(packet, part) : BuildIPv6(packet, part);
    }

    private static byte[] BuildIPv4(Packet packet, ReadOnlySpan<byte> content)
    {
        var headerLength = 20 + packet.IPv4Options.Length;
        var bytes = new byte[headerLength + content.Length];
        bytes[0] = (byte)(0x40 | (headerLength / 4));
        Write16(bytes, 2, (ushort)bytes.Length);
        if (packet.Fragment is { } fragment)
        {
            Write16(bytes, 4, (ushort)fragment.Identification);
            Write16(bytes, 6, (ushort)((fragment.Offset / 8) | (fragment.MoreFragments ? 0x2000 : 0)));
        }

        bytes[8] = packet.HopLimit;
        bytes[9] = (byte)packet.Protocol;
        packet.Source.ToBytes().CopyTo(bytes, 12);
        packet.Destination.ToBytes().CopyTo(bytes, 16);
        packet.IPv4Options.CopyTo(bytes, 20);
        Write16(bytes, 10, InternetChecksum.Of(bytes.AsSpan(0, headerLength)));
        content.CopyTo(bytes.AsSpan(headerLength));
        return bytes;
    }

    private static byte[] BuildIPv6(Packet packet, ReadOnlySpan<byte> content)
    {
        var headers = packet.ExtensionHeaders.Select(h => (h.Type, Bytes: (byte[])[0, h.Length, .. h.Body])).ToList();
        if (packet.Fragment is { } fragment)
        {
            var header = new byte[8];
            Write16(header, 2, (ushort)(fragment.Offset | (fragment.MoreFragments ? 1 : 0)));
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), fragment.Identification);
            headers.Add((FragmentHeader, header));
        }

        var bytes = new byte[40 + headers.Sum(h => h.Bytes.Length) + content.Length];
        bytes[0] = 0x60;
        Write16(bytes, 4, (ushort)(bytes.Length - 40));
        bytes[7] = packet.HopLimit;
        packet.Source.ToBytes().CopyTo(bytes, 8);
        packet.Destination.ToBytes().CopyTo(bytes, 24);

        var nextHeaderAt = 6;
        var at = 40;
        foreach (var (type, header) in headers)
        {
            bytes[nextHeaderAt] = type;
            header.CopyTo(bytes, at);
            nextHeaderAt = at;
            at += header.Length;
        }

        bytes[nextHeaderAt] = (byte)packet.Protocol;
        content.CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private static int Write16(byte[] bytes, int at, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), value);
        return at + 2;
    }
}
