using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using static PolicyCompiler.Kernel.Tests.Datapath.DatapathAddresses;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>Every way a packet can be wrapped leads to the same decision.</summary>
public sealed class ParsingTests
{
    private static readonly (IpProtocol Protocol, int Allowed, int Denied)[] Protocols =
    [
        (IpProtocol.Tcp, 80, 81), (IpProtocol.Udp, 53, 54), (IpProtocol.Sctp, 9899, 80), (IpProtocol.Icmp, 8, 13),
        (IpProtocol.IcmpV6, 128, 139),
    ];

    public static TheoryData<bool> Tables => [true, false];

    [Theory]
    [MemberData(nameof(Tables))]
    public void ProtocolsAndPortsInBothDirections(bool tables)
    {
        using var endpoint = tables ? TestEndpoint.WithTables() : TestEndpoint.Inline();
        foreach (var family in Families)
        {
            foreach (var (protocol, allowed, denied) in Protocols.Where(p => BelongsTo(p.Protocol, family)))
            {
                var name = $"{family} {protocol}";
                Expect.Allowed(endpoint.To(Packet.OfFlow(Peer(family), Self(family), protocol, allowed)), Direction.Ingress, name);
                Expect.Denied(endpoint.To(Packet.OfFlow(Peer(family), Self(family), protocol, denied)), Direction.Ingress, name);
                Expect.Denied(endpoint.To(Packet.OfFlow(Stranger(family), Self(family), protocol, allowed)), Direction.Ingress, name);
                endpoint.Forget();
                Expect.Allowed(endpoint.From(Packet.OfFlow(Self(family), Peer(family), protocol, allowed)), Direction.Egress, name);
                Expect.Denied(endpoint.From(Packet.OfFlow(Self(family), Peer(family), protocol, denied)), Direction.Egress, name);
                Expect.Denied(endpoint.From(Packet.OfFlow(Self(family), Stranger(family), protocol, allowed)), Direction.Egress, name);
                endpoint.Forget();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void PrefixesAndPortRangesAtTheirEnds(bool tables)
    {
        using var endpoint = tables ? TestEndpoint.WithTables() : TestEndpoint.Inline();
        foreach (var family in Families)
        {
            foreach (var (port, allowed) in new[] { (999, false), (1000, true), (1500, true), (2000, true), (2001, false) })
            {
                var result = endpoint.To(Packet.OfFlow(Partner(family), Self(family), IpProtocol.Udp, port));
                Expect.Policy(result, allowed ? DatapathPolicy.Allow(Direction.Ingress) : DatapathPolicy.Deny(Direction.Ingress), $"{port}");
            }
        }

        foreach (var (address, allowed) in new[] { ("10.8.255.255", false), ("10.9.0.0", true), ("10.9.255.255", true), ("10.10.0.0", false) })
        {
            var result = endpoint.To(Packet.OfFlow(IpAddress.Parse(address), Self4, IpProtocol.Udp, 1000));
            Expect.Policy(result, allowed ? DatapathPolicy.Allow(Direction.Ingress) : DatapathPolicy.Deny(Direction.Ingress), address);
        }
    }

    [Fact]
    public void OtherProtocolsByNumber()
    {
        using var endpoint = TestEndpoint.WithTables();
        foreach (var family in Families)
        {
            var packet = Packet.OfFlow(Peer(family), Self(family), DatapathPolicy.Gre, 0) with { Payload = [.. new byte[8]] };
            Expect.Allowed(endpoint.To(packet), Direction.Ingress, $"{family}");
            Expect.Denied(endpoint.To(packet with { Protocol = (IpProtocol)46 }), Direction.Ingress, $"{family}");
        }
    }

    [Fact]
    public void VlanTagsOptionsAndExtensionHeaders()
    {
        using var endpoint = TestEndpoint.WithTables();
        foreach (var wrapped in Wrapped())
        {
            foreach (var (protocol, allowed, denied) in Protocols.Where(p => BelongsTo(p.Protocol, wrapped.Source.Family)))
            {
                var packet = wrapped with { Protocol = protocol };
                Expect.Allowed(endpoint.To(WithPort(packet, allowed)), Direction.Ingress, packet.ToString());
                Expect.Denied(endpoint.To(WithPort(packet, denied)), Direction.Ingress, packet.ToString());
                endpoint.Forget();
            }
        }
    }

    [Fact]
    public void TooManyExtensionHeadersAreDropped()
    {
        using var endpoint = TestEndpoint.WithTables();
        var packet = Packet.OfFlow(Peer6, Self6, IpProtocol.Tcp, 80) with
        {
            ExtensionHeaders = [.. Enumerable.Repeat(ExtensionHeader.DestinationOptions, 20)],
        };

        Expect.Fixed(endpoint.To(packet), DecisionKind.InvalidExtensionHeader, Direction.Ingress);
    }

    [Fact]
    public void ProgramsLeavePacketsAsTheyAre()
    {
        using var endpoint = TestEndpoint.WithTables();
        foreach (var packet in Wrapped().Select(p => WithPort(p with { Protocol = IpProtocol.Tcp, Payload = [.. new byte[200]] }, 80)))
        {
            var frame = packet.ToFrame();
            endpoint.Run(Direction.Ingress, frame, out var output);
            Assert.Equal(frame, output);
        }
    }

    private static IEnumerable<Packet> Wrapped()
    {
        foreach (var family in Families)
        {
            var plain = Packet.OfFlow(Peer(family), Self(family), IpProtocol.Tcp, 80);
            yield return plain;
            yield return plain with { VlanTags = [VlanTag.Customer(5)] };
            yield return plain with { VlanTags = [VlanTag.Provider(5), VlanTag.Customer(6)] };
        }

        var version4 = Packet.OfFlow(Peer4, Self4, IpProtocol.Tcp, 80);
        for (var length = 4; length <= 40; length += 4)
        {
            yield return version4 with { IPv4Options = [.. Enumerable.Repeat((byte)1, length)] };
        }

        var version6 = Packet.OfFlow(Peer6, Self6, IpProtocol.Tcp, 80);
        ExtensionHeader[] headers =
            [ExtensionHeader.HopByHop, ExtensionHeader.Routing, ExtensionHeader.DestinationOptions, ExtensionHeader.Authentication];
        foreach (var header in headers)
        {
            yield return version6 with { ExtensionHeaders = [header] };
        }

        yield return version6 with { ExtensionHeaders = [.. headers] };
        yield return version6 with { ExtensionHeaders = [new ExtensionHeader(60, 3, [1, 28, .. new byte[28]])] };
    }

    private static Packet WithPort(Packet packet, int port) =>
        Packet.OfFlow(packet.Source, packet.Destination, packet.Protocol, port) with
        {
            VlanTags = packet.VlanTags,
            IPv4Options = packet.IPv4Options,
            ExtensionHeaders = packet.ExtensionHeaders,
            Payload = packet.Payload,
        };

    private static bool BelongsTo(IpProtocol protocol, AddressFamily family) => protocol switch
    {
        IpProtocol.Icmp => family == AddressFamily.IPv4,
        IpProtocol.IcmpV6 => family == AddressFamily.IPv6,
        _ => true,
    };
}
