using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Assertions;

/// <summary>An inclusive range of addresses of one family.</summary>
internal readonly record struct AddressRange(IpAddress First, IpAddress Last) : IComparable<AddressRange>
{
    public AddressFamily Family => First.Family;

    public static AddressRange Of(IpPrefix prefix) => new(prefix.Address, prefix.Last);

    public static AddressRange All(AddressFamily family) => Of(new IpPrefix(new IpAddress(family, UInt128.Zero), 0));

    /// <summary>What both have; null: nothing.</summary>
    public AddressRange? Intersect(AddressRange other)
    {
        var (first, last) = (Later(First, other.First), Later(Last, other.Last) == Last ? other.Last : Last);
        return Family == other.Family && first.Value <= last.Value ? new AddressRange(first, last) : null;
    }

    public int CompareTo(AddressRange other) => First.CompareTo(other.First);

    private static IpAddress Later(IpAddress a, IpAddress b) => a.Value >= b.Value ? a : b;
}
