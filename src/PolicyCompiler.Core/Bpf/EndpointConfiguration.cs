using System.Buffers.Binary;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Bpf;

/// <summary>The value of the program's global variable <c>policyc_endpoint</c> (struct policyc_endpoint in policyc_abi.h).</summary>
public sealed record EndpointConfiguration
{
    /// <summary>Bytes of the struct.</summary>
    public const int Size = 64;

    /// <summary>Unique on the node.</summary>
    public required uint EndpointId { get; init; }

    /// <summary>Policy revision: connections decided under another one are decided again at their next packet.</summary>
    public required uint Revision { get; init; }

    /// <summary>The endpoint's own addresses; null: source addresses of that family are not checked.</summary>
    public IpAddress? IPv4 { get; init; }

    public IpAddress? IPv6 { get; init; }

    /// <summary>Its node's addresses, from which ingress is always allowed; null: none.</summary>
    public IpAddress? NodeIPv4 { get; init; }

    public IpAddress? NodeIPv6 { get; init; }

    /// <summary>Page numbers, see struct policyc_policy.</summary>
    public required (uint IdentityRoot, uint PortRoot) Ingress { get; init; }

    public required (uint IdentityRoot, uint PortRoot) Egress { get; init; }

    /// <summary>The struct's bytes on a little-endian machine.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[Size];
        var span = bytes.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(span, EndpointId);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Revision);
        IPv4?.ToBytes().CopyTo(span[8..]);
        NodeIPv4?.ToBytes().CopyTo(span[12..]);
        IPv6?.ToBytes().CopyTo(span[16..]);
        NodeIPv6?.ToBytes().CopyTo(span[32..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[48..], Ingress.IdentityRoot);
        BinaryPrimitives.WriteUInt32LittleEndian(span[52..], Ingress.PortRoot);
        BinaryPrimitives.WriteUInt32LittleEndian(span[56..], Egress.IdentityRoot);
        BinaryPrimitives.WriteUInt32LittleEndian(span[60..], Egress.PortRoot);
        return bytes;
    }
}
