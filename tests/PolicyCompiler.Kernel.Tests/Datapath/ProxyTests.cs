using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using static PolicyCompiler.Kernel.Tests.Datapath.ServedPolicy;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>Redirected connections go through their proxy in the direction they were opened in, or nowhere.</summary>
public sealed class ProxyTests
{
    // Cilium's bpf/lib/common.h: MARK_MAGIC_PROXY_INGRESS and MARK_MAGIC_PROXY_EGRESS, with an identity in the other bits.
    private const uint FromIngressProxy = 0x00070a00;
    private const uint FromEgressProxy = 0x00070b00;

    public static TheoryData<Direction, AddressFamily, IpProtocol> Connections
    {
        get
        {
            var data = new TheoryData<Direction, AddressFamily, IpProtocol>();
            foreach (var direction in Directions.All)
            {
                foreach (var family in DatapathAddresses.Families)
                {
                    data.Add(direction, family, IpProtocol.Tcp);
                    data.Add(direction, family, IpProtocol.Udp);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void EveryPacketInTheOpeningDirectionIsMarkedAndNoReply(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = TestEndpoint.Served();
        endpoint.Serve(Redirect(direction));
        var opening = Opening(direction, family, Redirected, protocol);

        ExpectProxied(endpoint.Run(direction, opening), direction, "opening");
        ExpectPassed(endpoint.Run(direction.Opposite(), opening.Reply()), direction, "reply");
        ExpectProxied(endpoint.Run(direction, ConnectionTests.Established(opening)), direction, "established");
        ExpectPassed(endpoint.Run(direction.Opposite(), ConnectionTests.Established(opening.Reply())), direction, "established reply");
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void ConnectionIsRedirectedAlsoWhenItIsDecidedAgain(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = TestEndpoint.Served();
        endpoint.Serve(Redirect(direction));
        var opening = Opening(direction, family, Redirected, protocol);
        ExpectProxied(endpoint.Run(direction, opening), direction);

        endpoint.Configuration = endpoint.Configuration with { Revision = 2 };
        ExpectPassed(endpoint.Run(direction.Opposite(), opening.Reply()), direction, "the reply comes first");
        endpoint.Configuration = endpoint.Configuration with { Revision = 3 };
        ExpectProxied(endpoint.Run(direction, ConnectionTests.Established(opening)), direction, "the opener comes first");
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void WithoutAProxyNothingPassesUntilThereIsOne(Direction direction, AddressFamily family, IpProtocol protocol)
    {
        using var endpoint = TestEndpoint.Served();
        using var events = endpoint.Maps.OpenEvents();
        var opening = Opening(direction, family, Redirected, protocol);

        ExpectMissing(endpoint.Run(direction, opening), direction, "no entry");
        endpoint.Serve(Redirect(direction), port: 0);
        ExpectMissing(endpoint.Run(direction, ConnectionTests.Established(opening)), direction, "no port");

        var missing = new VerdictWord(VerdictAction.Drop, DecisionInfo.FixedId(DecisionKind.ProxyMissing, direction));
        Assert.Equal(2ul, endpoint.Maps.ReadCounter(missing.Decision).Packets);
        Assert.All(events.Read(TimeSpan.FromSeconds(2)), e => Assert.Equal(missing, e.Verdict));
        endpoint.Serve(Redirect(direction));
        ExpectProxied(endpoint.Run(direction, ConnectionTests.Established(opening)), direction);
        Assert.Equal(1ul, endpoint.Maps.ReadCounter(Redirect(direction).Decision).Packets);
    }

    [Fact]
    public void ProxyOfAnotherDecisionIsNotUsed()
    {
        using var endpoint = TestEndpoint.Served();
        endpoint.Serve(Redirect(Direction.Egress));

        ExpectMissing(endpoint.To(Opening(Direction.Ingress, AddressFamily.IPv4, Redirected)), Direction.Ingress);
    }

    [Fact]
    public void ProtocolThatNoProxyReadsDrops()
    {
        using var endpoint = TestEndpoint.Served();
        endpoint.Serve(Redirect(Direction.Ingress));

        ExpectMissing(endpoint.To(Opening(Direction.Ingress, AddressFamily.IPv4, Redirected, IpProtocol.Sctp)), Direction.Ingress);
    }

    [Theory]
    [InlineData(Direction.Ingress, FromIngressProxy)]
    [InlineData(Direction.Egress, FromEgressProxy)]
    public void WhatTheProxySendsIsNotRedirectedAgain(Direction direction, uint mark)
    {
        using var endpoint = TestEndpoint.Served();
        foreach (var port in new ushort[] { 0, ProxyPort })
        {
            endpoint.Serve(Redirect(direction), port);
            var result = endpoint.Run(direction, Opening(direction, AddressFamily.IPv4, Redirected), mark);
            Assert.Equal(new TestRunResult(0, Redirect(direction), mark), result);
        }
    }

    [Theory]
    [InlineData(Direction.Ingress, FromEgressProxy)]
    [InlineData(Direction.Egress, FromIngressProxy)]
    public void WhatTheOtherDirectionsProxySendsIsRedirected(Direction direction, uint mark)
    {
        using var endpoint = TestEndpoint.Served();
        endpoint.Serve(Redirect(direction));

        ExpectProxied(endpoint.Run(direction, Opening(direction, AddressFamily.IPv4, Redirected), mark), direction);
    }

    [Fact]
    public void ProxysMarkOpensNothingElse()
    {
        using var endpoint = TestEndpoint.Served();
        var closed = Opening(Direction.Ingress, AddressFamily.IPv4, 443);

        Expect.Denied(endpoint.To(closed, FromIngressProxy), Direction.Ingress);
    }

    [Fact]
    public void PacketSentBackPassesTheEndpointsSideToTheStack()
    {
        using var endpoint = TestEndpoint.Served();
        endpoint.Serve(Redirect(Direction.Ingress));
        foreach (var family in DatapathAddresses.Families)
        {
            var sentBack = Opening(Direction.Ingress, family, Redirected);
            Expect.Fixed(endpoint.From(sentBack), DecisionKind.InvalidSourceAddress, Direction.Egress, "the endpoint itself must not send it");
            var counters = endpoint.Maps.ReadCounters();

            var result = endpoint.From(sentBack, ToProxy);

            Assert.Equal((0, ToProxy), (result.ReturnValue, result.Mark));
            Assert.Equal(counters, endpoint.Maps.ReadCounters());
        }
    }

    [Fact]
    public void PacketThatNothingTookOffTheStackDrops()
    {
        using var endpoint = TestEndpoint.Served();
        endpoint.Serve(Redirect(Direction.Ingress));

        Expect.Fixed(endpoint.To(Opening(Direction.Ingress, AddressFamily.IPv4, Redirected), ToProxy), DecisionKind.ProxyMissing, Direction.Ingress);
    }

    [Theory]
    [InlineData(VerdictAction.Redirect, ProgramFeatures.None)]
    [InlineData(VerdictAction.Redirect, ProgramFeatures.Authenticates)]
    [InlineData(VerdictAction.Authenticate, ProgramFeatures.None)]
    [InlineData(VerdictAction.Authenticate, ProgramFeatures.Redirects)]
    [InlineData(VerdictAction.AuthenticateAndRedirect, ProgramFeatures.Redirects)]
    [InlineData(VerdictAction.AuthenticateAndRedirect, ProgramFeatures.Authenticates)]
    [InlineData((VerdictAction)5, Features)]
    public void VerdictThatTheProgramWasCompiledWithoutDrops(VerdictAction action, ProgramFeatures features)
    {
        var verdict = new VerdictWord(action, 70);
        using var endpoint = TestEndpoint.Constant(verdict, features);
        endpoint.Serve(verdict);
        endpoint.AuthenticatePeer();

        Assert.Equal(new TestRunResult(2, verdict, 0), endpoint.To(Opening(Direction.Ingress, AddressFamily.IPv4, Redirected)));
    }

    internal static void ExpectProxied(TestRunResult result, Direction direction, string because = "") =>
        ExpectProxied(result, Redirect(direction), direction, because);

    internal static void ExpectProxied(TestRunResult result, VerdictWord verdict, Direction direction, string because = "")
    {
        Expect.Policy(result, verdict, because);
        Assert.True(result.Mark == ToProxy, $"marked {result.Mark:x8} {because}");

        // The node's stack, where proxies are, comes after the hook of egress and before the one of ingress.
        Assert.True(result.IsRedirected == (direction == Direction.Ingress), $"returned {result.ReturnValue} {because}");
    }

    private static void ExpectPassed(TestRunResult result, Direction direction, string because)
    {
        Expect.Policy(result, Redirect(direction), because);
        Assert.True((result.ReturnValue, result.Mark) == (0, 0u), $"returned {result.ReturnValue}, marked {result.Mark:x8} {because}");
    }

    private static void ExpectMissing(TestRunResult result, Direction direction, string because = "")
    {
        Expect.Fixed(result, DecisionKind.ProxyMissing, direction, because);
        Assert.True(result.Mark == 0, $"marked {result.Mark:x8} {because}");
    }
}
