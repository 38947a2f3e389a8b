using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using static PolicyCompiler.Kernel.Tests.Datapath.DatapathAddresses;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>ICMP errors belong to the connection whose packet they quote; others are ICMP packets like any.</summary>
public sealed class RelatedErrorTests
{
    private static readonly (byte Type, byte Code)[] Errors4 = [(3, 1), (3, 4), (11, 0), (12, 0)];
    private static readonly (byte Type, byte Code)[] Errors6 = [(1, 0), (2, 0), (3, 0), (4, 1)];

    public static TheoryData<AddressFamily> BothFamilies => [.. Families];

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void ErrorsAboutAKnownConnectionPassInBothOrientations(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        foreach (var protocol in new[] { IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp, ConnectionTests.EchoProtocol(family) })
        {
            var sent = ConnectionTests.Opening(Direction.Egress, family, protocol);
            var received = ConnectionTests.Opening(Direction.Ingress, family, protocol) with { SourcePort = 41000, IcmpIdentifier = 41000 };
            Expect.Allowed(endpoint.From(sent), Direction.Egress);
            Expect.Allowed(endpoint.To(received), Direction.Ingress);
            foreach (var (type, code) in Errors(family))
            {
                var because = $"{family} {protocol} {type}/{code}";
                Expect.Fixed(endpoint.To(sent.Error(Stranger(family), type, code)), DecisionKind.Related, Direction.Ingress, because);
                Expect.Fixed(endpoint.From(received.Error(Self(family), type, code)), DecisionKind.Related, Direction.Egress, because);
            }
        }
    }

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void ErrorsAboutRepliesPass(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        var received = ConnectionTests.Opening(Direction.Ingress, family, IpProtocol.Tcp);
        Expect.Allowed(endpoint.To(received), Direction.Ingress);
        Expect.Allowed(endpoint.From(received.Reply()), Direction.Ingress);
        var (type, code) = Errors(family)[1];

        Expect.Fixed(endpoint.To(received.Reply().Error(Stranger(family), type, code)), DecisionKind.Related, Direction.Ingress);
    }

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void ErrorsAboutUnknownConnectionsAreJudgedByPolicy(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        var sent = ConnectionTests.Opening(Direction.Egress, family, IpProtocol.Tcp);
        foreach (var (type, code) in Errors(family))
        {
            Expect.Denied(endpoint.To(sent.Error(Stranger(family), type, code)), Direction.Ingress, $"{type}/{code}");
        }

        Expect.Allowed(endpoint.From(sent), Direction.Egress);
        var (unreachable, port) = Errors(family)[0];
        Expect.Denied(endpoint.To((sent with { SourcePort = 41001 }).Error(Stranger(family), unreachable, port)), Direction.Ingress, "another source port");
        Expect.Denied(endpoint.To((sent with { DestinationPort = 81 }).Error(Stranger(family), unreachable, port)), Direction.Ingress, "another port");
        Expect.Denied(endpoint.To((sent with { Protocol = IpProtocol.Udp }).Error(Stranger(family), unreachable, port)), Direction.Ingress, "another protocol");
    }

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void RevokedConnectionsHaveNoRelatedErrors(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        var sent = ConnectionTests.Opening(Direction.Egress, family, IpProtocol.Tcp);
        Expect.Allowed(endpoint.From(sent), Direction.Egress);
        endpoint.Revoke();
        Expect.Denied(endpoint.From(ConnectionTests.Established(sent)), Direction.Egress);
        var (type, code) = Errors(family)[0];

        Expect.Denied(endpoint.To(sent.Error(Stranger(family), type, code)), Direction.Ingress);
    }

    [Theory]
    [MemberData(nameof(BothFamilies))]
    public void QuoteWithoutPortsIsNoProof(AddressFamily family)
    {
        using var endpoint = TestEndpoint.WithTables();
        var sent = ConnectionTests.Opening(Direction.Egress, family, IpProtocol.Udp);
        Expect.Allowed(endpoint.From(sent), Direction.Egress);
        var (type, code) = Errors(family)[0];
        var header = family == AddressFamily.IPv4 ? 20 : 40;
        for (var length = 0; length < header + 4; length++)
        {
            var result = endpoint.To(sent.Error(Stranger(family), type, code) with { QuotedLength = length });
            Assert.False(result.Passes, $"{length} quoted bytes: {result.Verdict}");
        }
    }

    private static (byte Type, byte Code)[] Errors(AddressFamily family) => family == AddressFamily.IPv4 ? Errors4 : Errors6;
}
