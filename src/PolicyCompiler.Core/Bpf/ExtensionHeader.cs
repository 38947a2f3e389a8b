using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>An IPv6 extension header (RFC 8200, 4; AH: RFC 4302). Its 'next header' byte is filled in when the packet is built.</summary>
/// <param name="Type">IANA protocol number: 0 hop-by-hop, 43 routing, 60 destination options, 51 AH.</param>
/// <param name="Length">The header's length byte.</param>
/// <param name="Body">The bytes after the length byte.</param>
public sealed record ExtensionHeader(byte Type, byte Length, ImmutableArray<byte> Body)
{
    /// <summary>A hop-by-hop header of 8 bytes that holds padding only.</summary>
    public static ExtensionHeader HopByHop { get; } = Padding(0);

    /// <summary>A destination-options header of 8 bytes that holds padding only.</summary>
    public static ExtensionHeader DestinationOptions { get; } = Padding(60);

    /// <summary>A routing header of 8 bytes, type 253 (experiments), no segments left.</summary>
    public static ExtensionHeader Routing { get; } = new(43, 0, [253, 0, 0, 0, 0, 0]);

    /// <summary>An authentication header of 16 bytes; AH counts in words of 4 bytes, less 2.</summary>
    public static ExtensionHeader Authentication { get; } = new(51, 2, [0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]);

    // One PadN option of 4 bytes after its own two.
    private static ExtensionHeader Padding(byte type) => new(type, 0, [1, 4, 0, 0, 0, 0]);
}
