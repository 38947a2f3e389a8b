using System.Globalization;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>An inclusive range of port keys.</summary>
public readonly record struct PortKeyRange(int First, int Last) : IComparable<PortKeyRange>
{
    public static PortKeyRange Everything { get; } = new(0, PortKey.Count - 1);

    public bool Contains(int key) => key >= First && key <= Last;

    public int CompareTo(PortKeyRange other) => First != other.First ? First.CompareTo(other.First) : Last.CompareTo(other.Last);

    /// <summary>For people: <c>TCP 80-90</c>; a range over several protocols names both ends.</summary>
    public override string ToString()
    {
        if (this == Everything)
        {
            return "any";
        }

        var (protocol, first) = PortKey.Parse(First);
        var (lastProtocol, last) = PortKey.Parse(Last);
        if (protocol != lastProtocol)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{protocol.Name()} {first} to {lastProtocol.Name()} {last}");
        }

        return this == PortKey.All(protocol) ? protocol.Name()
            : first == last ? string.Create(CultureInfo.InvariantCulture, $"{protocol.Name()} {first}")
            : string.Create(CultureInfo.InvariantCulture, $"{protocol.Name()} {first}-{last}");
    }
}
