using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Bpf;

/// <summary>A packet in words, for test runs of the datapath. <see cref="PacketBuilder"/> makes its bytes.</summary>
public sealed record Packet
{
    public required IpAddress Source { get; init; }

    /// <summary>Of the same family as the source.</summary>
    public required IpAddress Destination { get; init; }

    public required IpProtocol Protocol { get; init; }

    /// <summary>TCP, UDP, SCTP.</summary>
    public ushort SourcePort { get; init; }

    public ushort DestinationPort { get; init; }

    /// <summary>The first packet of a connection unless said otherwise.</summary>
    public TcpFlags TcpFlags { get; init; } = TcpFlags.Syn;

    public byte IcmpType { get; init; }

    public byte IcmpCode { get; init; }

    /// <summary>Identifier of an echo; the first half of the second word of other ICMP messages.</summary>
    public ushort IcmpIdentifier { get; init; }

    /// <summary>The packet that an ICMP error quotes, without its Ethernet header.</summary>
    public Packet? Quoted { get; init; }

    /// <summary>How many bytes of <see cref="Quoted"/> are quoted at most.</summary>
    public int QuotedLength { get; init; } = int.MaxValue;

    /// <summary>After the transport header and the quoted packet.</summary>
    public ImmutableArray<byte> Payload { get; init; } = [];

    /// <summary>IPv4 time to live or IPv6 hop limit.</summary>
    public byte HopLimit { get; init; } = 64;

    /// <summary>Outermost first.</summary>
    public ImmutableArray<VlanTag> VlanTags { get; init; } = [];

    /// <summary>IPv4 options, a multiple of 4 and at most 40 bytes.</summary>
    public ImmutableArray<byte> IPv4Options { get; init; } = [];

    /// <summary>IPv6 extension headers; a fragment header is added after them when <see cref="Fragment"/> is set.</summary>
    public ImmutableArray<ExtensionHeader> ExtensionHeaders { get; init; } = [];

    /// <summary>Null: the whole datagram.</summary>
    public PacketFragment? Fragment { get; init; }

    /// <summary>
    /// The first packet of a flow: TCP SYN, UDP and SCTP with that destination port, ICMP with the port as type.
    /// </summary>
    public static Packet OfFlow(IpAddress source, IpAddress destination, IpProtocol protocol, int port, ushort sourcePort = 40000) => new()
    {
        Source = source,
        Destination = destination,
        Protocol = protocol,
        SourcePort = protocol.HasPorts() ? sourcePort : (ushort)0,
        DestinationPort = protocol.HasPorts() ? (ushort)port : (ushort)0,
        IcmpType = protocol.IsIcmp() ? (byte)port : (byte)0,
        IcmpIdentifier = protocol.IsIcmp() ? sourcePort : (ushort)0,
    };

    /// <summary>What the peer answers: addresses and ports exchanged, SYN with ACK, an echo reply.</summary>
    public Packet Reply() => this with
    {
        Source = Destination,
        Destination = Source,
        SourcePort = DestinationPort,
        DestinationPort = SourcePort,
        TcpFlags = TcpFlags == TcpFlags.Syn ? TcpFlags.Syn | TcpFlags.Ack : TcpFlags.Ack,
        IcmpType = (Protocol, IcmpType) switch
        {
            (IpProtocol.Icmp, 8) => 0,
            (IpProtocol.IcmpV6, 128) => 129,
            _ => IcmpType,
        },
    };

    /// <summary>The ICMP error that a router or the receiver sends back about this packet.</summary>
    public Packet Error(IpAddress sender, byte type, byte code) => new()
    {
        Source = sender,
        Destination = Source,
        Protocol = sender.Family == AddressFamily.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6,
        IcmpType = type,
        IcmpCode = code,
        Quoted = this,
    };

    public byte[] ToFrame() => PacketBuilder.Build(this);
}
