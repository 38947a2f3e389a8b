using System.Buffers.Binary;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel;

/// <summary>A dropped packet as the datapath reported it: struct policyc_event of policyc_abi.h.</summary>
/// <param name="TimeNanoseconds">CLOCK_MONOTONIC, coarse.</param>
/// <param name="EndpointId">The endpoint whose program dropped it.</param>
/// <param name="Verdict">The decision.</param>
/// <param name="Identity">Identity index of the remote address; 0 if it was not looked up.</param>
/// <param name="Length">Bytes of the frame.</param>
/// <param name="Direction">Seen from the endpoint.</param>
/// <param name="Protocol">IP protocol number.</param>
/// <param name="IcmpType">0 for other protocols.</param>
/// <param name="SourcePort">The identifier of an echo request; 0 when the protocol has no ports.</param>
/// <param name="DestinationPort">The identifier of an echo reply; 0 when the protocol has no ports.</param>
/// <param name="Source">Null when the packet was neither IPv4 nor IPv6.</param>
/// <param name="Destination">Likewise.</param>
public sealed record DropEvent(
    ulong TimeNanoseconds,
    uint EndpointId,
    VerdictWord Verdict,
    uint Identity,
    uint Length,
    Direction Direction,
    IpProtocol Protocol,
    byte IcmpType,
    ushort SourcePort,
    ushort DestinationPort,
    IpAddress? Source,
    IpAddress? Destination)
{
    /// <summary>Bytes of the struct.</summary>
    public const int Size = 64;

    /// <summary>Reads the struct's bytes on a little-endian machine; null when there are too few.</summary>
    public static DropEvent? Decode(ReadOnlySpan<byte> bytes) => bytes.Length < Size ? null : new DropEvent(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        new VerdictWord(BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..])),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]),
        (Direction)bytes[24],
        (IpProtocol)bytes[26],
        bytes[27],
        BinaryPrimitives.ReadUInt16BigEndian(bytes[28..]),
        BinaryPrimitives.ReadUInt16BigEndian(bytes[30..]),
        Address(bytes[25], bytes.Slice(32, 16)),
        Address(bytes[25], bytes.Slice(48, 16)));

    private static IpAddress? Address(byte family, ReadOnlySpan<byte> bytes) => family switch
    {
        4 => IpAddress.FromBytes(bytes[..4]),
        6 => IpAddress.FromBytes(bytes),
        _ => null,
    };
}
