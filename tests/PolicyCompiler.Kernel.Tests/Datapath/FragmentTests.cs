using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using static PolicyCompiler.Kernel.Tests.Datapath.DatapathAddresses;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>Later fragments have no ports: they follow the first one.</summary>
public sealed class FragmentTests
{
    private const int Later = 64;

    public static TheoryData<AddressFamily> BothFamilies => [.. Families];

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void LaterFragmentsFollowTheFirst(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        var allowed = Datagram(family, 53);
        Expect.Allowed(endpoint.To(First(allowed, 1)), Direction.Ingress);
        Expect.Allowed(endpoint.To(Middle(allowed, 1)), Direction.Ingress);
        Expect.Allowed(endpoint.To(Last(allowed, 1)), Direction.Ingress);

        var denied = Datagram(family, 54);
        Expect.Denied(endpoint.To(First(denied, 2)), Direction.Ingress);
        Expect.Denied(endpoint.To(Last(denied, 2)), Direction.Ingress);
    }

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void LaterFragmentWithoutFirstIsDropped(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        Expect.Fixed(endpoint.To(Last(Datagram(family, 53), 3)), DecisionKind.FragmentNotFound, Direction.Ingress);
        Expect.Allowed(endpoint.To(First(Datagram(family, 53), 3)), Direction.Ingress);
        Expect.Fixed(endpoint.To(Last(Datagram(family, 53), 4)), DecisionKind.FragmentNotFound, Direction.Ingress, "another identification");
        Expect.Allowed(endpoint.To(Last(Datagram(family, 53), 3)), Direction.Ingress);
    }

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void LaterFragmentCannotGiveItselfPorts(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        var denied = Datagram(family, 54);
        Expect.Denied(endpoint.To(First(denied, 5)), Direction.Ingress);

        // The bytes of this one look like a header with an allowed port.
        var payload = new byte[128];
        payload[Later - 8 + 3] = 53;
        Expect.Denied(endpoint.To(Last(denied with { Payload = [.. payload] }, 5)), Direction.Ingress);
        Expect.Denied(endpoint.To(Last(denied, 5)), Direction.Ingress);
    }

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void FirstFragmentTooShortForItsHeaderIsInvalid(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        var packet = Packet.OfFlow(Peer(family), Self(family), IpProtocol.Tcp, 80) with { Payload = [.. new byte[64]] };

        Expect.Fixed(
            endpoint.To(packet with { Fragment = new PacketFragment(6, 0, 8, MoreFragments: true) }), DecisionKind.Invalid, Direction.Ingress);
        Expect.Fixed(
            endpoint.To(packet with { Fragment = new PacketFragment(6, 16, 56, MoreFragments: false) }),
            DecisionKind.FragmentNotFound,
            Direction.Ingress);
    }

    // RFC 3128: it would lay other flags over those that the first fragment was judged by.
    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void FragmentThatOverlaysTcpFlagsIsInvalid(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        var packet = Packet.OfFlow(Peer(family), Self(family), IpProtocol.Tcp, 80) with { Payload = [.. new byte[64]] };

        Expect.Fixed(
            endpoint.To(packet with { Fragment = new PacketFragment(6, 8, 56, MoreFragments: true) }), DecisionKind.Invalid, Direction.Ingress);
    }

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void FragmentsOfRepliesFollowTheConnection(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        var request = Datagram(family, 53);
        var reply = request.Reply();
        Expect.Allowed(endpoint.To(request), Direction.Ingress);
        Expect.Allowed(endpoint.From(First(reply, 7)), Direction.Ingress);
        Expect.Allowed(endpoint.From(Last(reply, 7)), Direction.Ingress);
    }

    // RFC 6946: a fragment header in a packet that is not fragmented.
    [Fact]
    public void AtomicFragmentIsAnOrdinaryPacket()
    {
        using var endpoint = TestEndpoint.WithTables();
        var packet = Packet.OfFlow(Peer6, Self6, IpProtocol.Udp, 53);

        Expect.Allowed(endpoint.To(packet with { Fragment = new PacketFragment(8, 0, 8, MoreFragments: false) }), Direction.Ingress);
    }

    private static Packet Datagram(AddressFamily family, ushort port) =>
        Packet.OfFlow(Peer(family), Self(family), IpProtocol.Udp, port) with { Payload = [.. new byte[128]] };

    private static Packet First(Packet packet, uint id) => packet with { Fragment = new PacketFragment(id, 0, Later, MoreFragments: true) };

    private static Packet Middle(Packet packet, uint id) => packet with { Fragment = new PacketFragment(id, Later, 32, MoreFragments: true) };

    private static Packet Last(Packet packet, uint id) => packet with { Fragment = new PacketFragment(id, Later, 72, MoreFragments: false) };
}
