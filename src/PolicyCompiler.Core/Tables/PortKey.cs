using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>
/// Protocol and destination port as one 18-bit number (policyc_abi.h): the protocol slot in bits 16-17, below it the
/// port, the ICMP type, 256 + the ICMPv6 type, or 512 + the IP protocol number for all other protocols.
/// </summary>
public static class PortKey
{
    public const int Bits = 18;
    public const int Count = 1 << Bits;
    public const int TcpSlot = 0;
    public const int UdpSlot = 1;
    public const int SctpSlot = 2;
    public const int OtherSlot = 3;
    public const int IcmpBase = OtherSlot << 16;
    public const int IcmpV6Base = IcmpBase + 256;
    public const int ProtocolBase = IcmpBase + 512;

    /// <param name="protocol">Any IP protocol.</param>
    /// <param name="port">The destination port, or the ICMP type; ignored for other protocols.</param>
    public static int Of(IpProtocol protocol, int port) => protocol switch
    {
        IpProtocol.Tcp => (TcpSlot << 16) | port,
        IpProtocol.Udp => (UdpSlot << 16) | port,
        IpProtocol.Sctp => (SctpSlot << 16) | port,
        IpProtocol.Icmp => IcmpBase + port,
        IpProtocol.IcmpV6 => IcmpV6Base + port,
        _ => ProtocolBase + (byte)protocol,
    };

    /// <summary>All keys of a protocol.</summary>
    public static PortKeyRange All(IpProtocol protocol) => protocol switch
    {
        _ when protocol.HasPorts() => new PortKeyRange(Of(protocol, 0), Of(protocol, ushort.MaxValue)),
        _ when protocol.IsIcmp() => new PortKeyRange(Of(protocol, 0), Of(protocol, byte.MaxValue)),
        _ => new PortKeyRange(Of(protocol, 0), Of(protocol, 0)),
    };

    /// <summary>The reverse of <see cref="Of"/>; the port is 0 for protocols without one.</summary>
    public static (IpProtocol Protocol, int Port) Parse(int key) => (key >> 16) switch
    {
        TcpSlot => (IpProtocol.Tcp, key & 0xffff),
        UdpSlot => (IpProtocol.Udp, key & 0xffff),
        SctpSlot => (IpProtocol.Sctp, key & 0xffff),
        _ when key < IcmpV6Base => (IpProtocol.Icmp, key - IcmpBase),
        _ when key < ProtocolBase => (IpProtocol.IcmpV6, key - IcmpV6Base),
        _ => ((IpProtocol)((key - ProtocolBase) & 0xff), 0),
    };
}
