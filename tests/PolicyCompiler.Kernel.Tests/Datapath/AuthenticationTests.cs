using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using static PolicyCompiler.Kernel.Tests.Datapath.ServedPolicy;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>Connections that need authentication are opened only between ends that have authenticated each other.</summary>
public sealed class AuthenticationTests
{
    /// <summary>The monotonic clock's beginning: long ago.</summary>
    private const ulong Past = 0;

    public static TheoryData<Direction, AddressFamily, IpProtocol> Connections => ProxyTests.Connections;

    [Theory]
    [MemberData(nameof(Connections))]
    public void UnauthenticatedConnectionDropsAndLeavesNoTrace(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = TestEndpoint.Served();
        using var events = endpoint.Maps.OpenEvents();
        var opening = Opening(direction, family, Authenticated, protocol);

        ExpectUnauthenticated(endpoint.Run(direction, opening), direction);
        Expect.Denied(endpoint.Run(direction.Opposite(), opening.Reply()), direction.Opposite(), "a reply to what was not opened");

        var dropped = events.Read(TimeSpan.FromSeconds(2))[0];
        Assert.Equal((DecisionInfo.FixedId(DecisionKind.Unauthenticated, direction), (uint)DatapathPolicy.PeerIdentity), (dropped.Verdict.Decision, dropped.Identity));
        Assert.Equal(1ul, endpoint.Maps.ReadCounter(dropped.Verdict.Decision).Packets);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void AuthenticatedConnectionIsLikeAnyOther(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = TestEndpoint.Served();
        var opening = Opening(direction, family, Authenticated, protocol);
        ExpectUnauthenticated(endpoint.Run(direction, opening), direction);
        endpoint.AuthenticatePeer();

        ExpectPassed(endpoint.Run(direction, opening), direction, "opening");
        ExpectPassed(endpoint.Run(direction.Opposite(), opening.Reply()), direction, "reply");
        ExpectPassed(endpoint.Run(direction, ConnectionTests.Established(opening)), direction, "established");
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void ExpiredAuthenticationOpensNothingAndClosesNothing(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = TestEndpoint.Served();
        var opening = Opening(direction, family, Authenticated, protocol);
        endpoint.AuthenticatePeer();
        ExpectPassed(endpoint.Run(direction, opening), direction, "authenticated");
        endpoint.AuthenticatePeer(Past);

        ExpectPassed(endpoint.Run(direction, ConnectionTests.Established(opening)), direction, "established");
        ExpectPassed(endpoint.Run(direction.Opposite(), opening.Reply()), direction, "reply");
        ExpectUnauthenticated(endpoint.Run(direction, opening with { SourcePort = 7 }), direction, "another connection");
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void ConnectionOfAnOldRevisionGoesOnOnceAuthenticatedAgain(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = TestEndpoint.Served();
        var opening = Opening(direction, family, Authenticated, protocol);
        endpoint.AuthenticatePeer();
        ExpectPassed(endpoint.Run(direction, opening), direction, "authenticated");
        endpoint.AuthenticatePeer(Past);
        endpoint.Configuration = endpoint.Configuration with { Revision = 2 };

        ExpectUnauthenticated(endpoint.Run(direction, ConnectionTests.Established(opening)), direction, "established");
        ExpectUnauthenticated(endpoint.Run(direction.Opposite(), opening.Reply()), direction, "the reply is judged as its connection");
        endpoint.AuthenticatePeer();
        ExpectPassed(endpoint.Run(direction.Opposite(), ConnectionTests.Established(opening.Reply())), direction, "reply");
        ExpectPassed(endpoint.Run(direction, ConnectionTests.Established(opening)), direction, "established");
    }

    [Fact]
    public void AuthenticationIsOfOneEndpointAndOneIdentity()
    {
        using var endpoint = TestEndpoint.Served();
        var id = endpoint.Configuration.EndpointId;
        endpoint.Maps.Authenticate(id, DatapathPolicy.PartnerIdentity, DatapathMaps.Forever);
        endpoint.Maps.Authenticate(id + 1_000_000, DatapathPolicy.PeerIdentity, DatapathMaps.Forever);

        ExpectUnauthenticated(endpoint.To(Opening(Direction.Ingress, AddressFamily.IPv4, Authenticated)), Direction.Ingress);
    }

    [Fact]
    public void EventNamesTheIdentityAlsoWhereTheDecisionDoesNotDependOnIt()
    {
        using var endpoint = TestEndpoint.Constant(new VerdictWord(VerdictAction.Authenticate, 70), ProgramFeatures.Authenticates);
        using var events = endpoint.Maps.OpenEvents();

        ExpectUnauthenticated(endpoint.To(Opening(Direction.Ingress, AddressFamily.IPv6, 1)), Direction.Ingress);

        Assert.Equal((uint)DatapathPolicy.PeerIdentity, Assert.Single(events.Read(TimeSpan.FromSeconds(2))).Identity);
    }

    [Fact]
    public void NodeNeedsNoAuthentication()
    {
        using var endpoint = TestEndpoint.Constant(new VerdictWord(VerdictAction.Authenticate, 70), ProgramFeatures.Authenticates);
        var probe = Packet.OfFlow(DatapathAddresses.Node4, DatapathAddresses.Self4, IpProtocol.Tcp, 80);

        Expect.Fixed(endpoint.To(probe), DecisionKind.NodeLocal, Direction.Ingress);
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void RedirectAfterAuthentication(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = TestEndpoint.Served();
        var opening = Opening(direction, family, Both, protocol);

        endpoint.Serve(RedirectAuthenticated(direction));
        ExpectUnauthenticated(endpoint.Run(direction, opening), direction);
        endpoint.AuthenticatePeer();
        endpoint.Serve(RedirectAuthenticated(direction), port: 0);
        Expect.Fixed(endpoint.Run(direction, opening), DecisionKind.ProxyMissing, direction);
        endpoint.Serve(RedirectAuthenticated(direction));
        ProxyTests.ExpectProxied(endpoint.Run(direction, opening), RedirectAuthenticated(direction), direction);
    }

    private static void ExpectPassed(TestRunResult result, Direction direction, string because)
    {
        Expect.Policy(result, Authenticate(direction), because);
        Assert.True((result.ReturnValue, result.Mark) == (0, 0u), because);
    }

    private static void ExpectUnauthenticated(TestRunResult result, Direction direction, string because = "")
    {
        Expect.Fixed(result, DecisionKind.Unauthenticated, direction, because);
        Assert.Equal(0u, result.Mark);
    }
}
