using System.Globalization;

namespace PolicyCompiler.Core.Model;

public static class IpProtocols
{
    /// <summary>The protocols that have ports.</summary>
    public static IReadOnlyList<IpProtocol> Transport { get; } = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp];

    public static bool HasPorts(this IpProtocol protocol) => protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;

    public static bool IsIcmp(this IpProtocol protocol) => protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;

    /// <summary>The name used in policies and flows: <c>TCP</c>, <c>ICMPv6</c>; a number for any other protocol.</summary>
    public static string Name(this IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => "TCP",
        IpProtocol.Udp => "UDP",
        IpProtocol.Sctp => "SCTP",
        IpProtocol.Icmp => "ICMP",
        IpProtocol.IcmpV6 => "ICMPv6",
        _ => ((byte)protocol).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The reverse of <see cref="Name"/>, ignoring case.</summary>
    public static bool TryParse(string text, out IpProtocol protocol)
    {
        (var known, protocol) = text.ToUpperInvariant() switch
        {
            "TCP" => (true, IpProtocol.Tcp),
            "UDP" => (true, IpProtocol.Udp),
            "SCTP" => (true, IpProtocol.Sctp),
            "ICMP" or "ICMPV4" => (true, IpProtocol.Icmp),
            "ICMPV6" => (true, IpProtocol.IcmpV6),
            _ => (false, default),
        };
        if (!known && byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            (known, protocol) = (true, (IpProtocol)number);
        }

        return known;
    }
}
