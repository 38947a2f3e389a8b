using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>Who is who in the datapath tests.</summary>
internal static class DatapathAddresses
{
    public static readonly IpAddress Self4 = IpAddress.Parse("10.0.0.2");
    public static readonly IpAddress Self6 = IpAddress.Parse("fd00::2");
    public static readonly IpAddress Peer4 = IpAddress.Parse("10.0.0.1");
    public static readonly IpAddress Peer6 = IpAddress.Parse("fd00::1");
    public static readonly IpAddress Partner4 = IpAddress.Parse("10.9.3.4");
    public static readonly IpAddress Partner6 = IpAddress.Parse("fd00:9::3:4");
    public static readonly IpAddress Stranger4 = IpAddress.Parse("192.0.2.1");
    public static readonly IpAddress Stranger6 = IpAddress.Parse("2001:db8::1");
    public static readonly IpAddress Node4 = IpAddress.Parse("10.0.0.254");
    public static readonly IpAddress Node6 = IpAddress.Parse("fd00::fe");

    public static IpAddress Self(AddressFamily family) => family == AddressFamily.IPv4 ? Self4 : Self6;

    public static IpAddress Peer(AddressFamily family) => family == AddressFamily.IPv4 ? Peer4 : Peer6;

    public static IpAddress Partner(AddressFamily family) => family == AddressFamily.IPv4 ? Partner4 : Partner6;

    public static IpAddress Stranger(AddressFamily family) => family == AddressFamily.IPv4 ? Stranger4 : Stranger6;

    public static IpAddress Node(AddressFamily family) => family == AddressFamily.IPv4 ? Node4 : Node6;

    public static AddressFamily[] Families { get; } = [AddressFamily.IPv4, AddressFamily.IPv6];
}
