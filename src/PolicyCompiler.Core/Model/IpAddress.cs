using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace PolicyCompiler.Core.Model;

/// <summary>An IPv4 or IPv6 address. <paramref name="Value"/> is the address as a number, so order is address order.</summary>
public readonly record struct IpAddress(AddressFamily Family, UInt128 Value) : IComparable<IpAddress>
{
    /// <summary>Address bits: 32 or 128.</summary>
    public int Bits => Family == AddressFamily.IPv4 ? 32 : 128;

    /// <summary>
    /// Strict textual forms only: dotted quad without leading zeros (what RFC 6943 calls unambiguous), RFC 4291 text
    /// without zone. IPv4-mapped IPv6 addresses are refused, as the API server's strict validation does.
    /// </summary>
    public static bool TryParse(string text, out IpAddress address)
    {
        address = default;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            if (text.Contains('%', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal)
                || !IPAddress.TryParse(text, out var parsed) || parsed.IsIPv4MappedToIPv6)
            {
                return false;
            }

            Span<byte> bytes = stackalloc byte[16];
            parsed.TryWriteBytes(bytes, out _);
            address = FromBytes(bytes);
            return true;
        }

        uint value = 0;
        var parts = 0;
        foreach (var range in text.AsSpan().Split('.'))
        {
            var part = text.AsSpan()[range];
            if (++parts > 4 || part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0')
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }

            value = (value << 8) | octet;
        }

        if (parts != 4)
        {
            return false;
        }

        address = new IpAddress(AddressFamily.IPv4, value);
        return true;
    }

    public static IpAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IP address");

    /// <summary>From 4 or 16 bytes in network byte order.</summary>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == 4
        ? new IpAddress(AddressFamily.IPv4, BinaryPrimitives.ReadUInt32BigEndian(bytes))
        : new IpAddress(AddressFamily.IPv6, BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>4 or 16 bytes in network byte order.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Bits / 8];
        if (Family == AddressFamily.IPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Value);
        }
        else
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        }

        return bytes;
    }

    public int CompareTo(IpAddress other)
    {
        var family = Family.CompareTo(other.Family);
        return family != 0 ? family : Value.CompareTo(other.Value);
    }

    public override string ToString() => new IPAddress(ToBytes()).ToString();
}
