using System.Globalization;

namespace PolicyCompiler.Core.Model;

/// <summary>A CIDR block with its host bits masked off. Ordered by address, then shorter prefix first.</summary>
public readonly record struct IpPrefix : IComparable<IpPrefix>
{
    public IpPrefix(IpAddress address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.Bits);
        Length = length;
        Address = new IpAddress(address.Family, address.Value & Mask(address.Bits, length));
    }

    /// <summary>The lowest address of the block.</summary>
    public IpAddress Address { get; }

    /// <summary>Prefix length in bits.</summary>
    public int Length { get; }

    public AddressFamily Family => Address.Family;

    /// <summary>The highest address of the block.</summary>
    public IpAddress Last => new(Family, Address.Value | (Mask(Address.Bits, Address.Bits) ^ Mask(Address.Bits, Length)));

    /// <summary>True when only the mask, not the text, makes it a block: <c>10.1.2.3/8</c>.</summary>
    public static bool HasHostBits(IpAddress address, int length) => new IpPrefix(address, length).Address != address;

    public static bool TryParse(string text, out IpPrefix prefix, out bool hasHostBits)
    {
        prefix = default;
        hasHostBits = false;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IpAddress.TryParse(text[..slash], out var address))
        {
            return false;
        }

        var digits = text.AsSpan(slash + 1);
        if (digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0')
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > address.Bits)
        {
            return false;
        }

        prefix = new IpPrefix(address, length);
        hasHostBits = HasHostBits(address, length);
        return true;
    }

    public static IpPrefix Parse(string text) =>
        TryParse(text, out var prefix, out _) ? prefix : throw new FormatException($"'{text}' is not a CIDR block");

    public bool Contains(IpAddress address) =>
        address.Family == Family && (address.Value & Mask(address.Bits, Length)) == Address.Value;

    public bool Contains(IpPrefix other) => other.Length >= Length && Contains(other.Address);

    public int CompareTo(IpPrefix other)
    {
        var address = Address.CompareTo(other.Address);
        return address != 0 ? address : Length.CompareTo(other.Length);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");

    private static UInt128 Mask(int bits, int length)
    {
        var all = bits == 32 ? uint.MaxValue : UInt128.MaxValue;
        return length == 0 ? UInt128.Zero : (all << (bits - length)) & all;
    }
}
