using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Semantics;
using static PolicyCompiler.Core.Tests.Semantics.Policies;

namespace PolicyCompiler.Core.Tests.Semantics;

/// <summary>Rules of the normal tier together: deny before allow, proxies, authentication, default deny.</summary>
public sealed class CompositionTests
{
    private static readonly CiliumRuleItem FromNear = Item with { Endpoints = [Selector("any:app=near")] };

    private static readonly ProxyRule Http = new(new L7Rules.Http([], SourceSpan.None), [], null, null, null);

    [Fact]
    public void ABroadDenyBeatsANarrowAllow() =>
        Assert.False(Ingress(Spec with { IngressDeny = [FromNear], Ingress = [FromNear with { ToPorts = [Ports(80)] }] }).Allowed);

    [Fact]
    public void ADenyForEveryoneBeatsAnAllowForOne() =>
        Assert.False(Ingress(Spec with { IngressDeny = [Item with { ToPorts = [Ports(80)] }], Ingress = [FromNear] }).Allowed);

    [Fact]
    public void ADenyOfOtherPortsDeniesNothingElse()
    {
        var deny = Item with { ToPorts = [new CiliumPortRule([new CiliumPort(IpProtocol.Udp, 53, null, null, SourceSpan.None)], null, SourceSpan.None)] };
        Assert.True(Ingress(Spec with { IngressDeny = [deny], Ingress = [FromNear with { ToPorts = [Ports(53)] }] }, 53).Allowed);
    }

    /// <summary>ANY with a port is that port of TCP, UDP and SCTP, and nothing besides.</summary>
    [Fact]
    public void ADenyOfAnyProtocolKeepsToItsPort()
    {
        var deny = Item with { ToPorts = [new CiliumPortRule([new CiliumPort(null, 53, null, null, SourceSpan.None)], null, SourceSpan.None)] };
        var scenario = new Scenario(Cilium(Spec with { EgressDeny = [deny], Egress = [Item with { Entities = Entities(Entity.All) }] }));
        foreach (var protocol in IpProtocols.Transport)
        {
            Assert.Empty(scenario.AllowedTo(53, protocol));
            Assert.Equal(Scenario.Peers, scenario.AllowedTo(54, protocol));
        }

        Assert.Equal(Scenario.Peers, scenario.AllowedTo(53, IpProtocol.Icmp));
    }

    [Fact]
    public void AProxyForEveryoneServesWhomAPlainRuleAllows()
    {
        var rule = Spec with { Ingress = [FromNear, Item with { ToPorts = [Ports(80) with { Proxy = Http }] }] };
        var both = Ingress(rule);
        Assert.Equal("ingress[1].toPorts[0]", Assert.Single(both.Proxied).Place);
        Assert.True(both.ProxyAllowsEverything);
        var other = new Scenario(Cilium(rule)).Decide(Scenario.Far, Scenario.Subject).Ingress;
        Assert.Single(other.Proxied);
        Assert.False(other.ProxyAllowsEverything);
    }

    [Fact]
    public void AuthenticationHoldsForPlainRulesToo()
    {
        var decision = Ingress(Spec with
        {
            Ingress = [Item with { ToPorts = [Ports(80, 81)] }, FromNear with { ToPorts = [Ports(80)], Authentication = AuthenticationMode.Required }],
        });
        Assert.True(decision.NeedsAuthentication);
        Assert.Equal("ingress[1]", decision.Rule?.Place);
    }

    [Fact]
    public void AuthenticationThatAlwaysFailsHoldsForAllRules()
    {
        var rule = Spec with
        {
            Ingress =
            [
                Item with { ToPorts = [Ports(80, 81)] },
                FromNear with { ToPorts = [Ports(80) with { Proxy = Http }], Authentication = AuthenticationMode.TestAlwaysFail },
                FromNear with { ToPorts = [Ports(80)], Authentication = AuthenticationMode.Required },
            ],
        };
        var decision = Ingress(rule);
        Assert.Equal((false, DecisionReason.Rule, "ingress[1].toPorts[0]"), (decision.Allowed, decision.Reason, decision.Rule?.Place));
        Assert.Empty(decision.Proxied);
        Assert.False(decision.NeedsAuthentication);
        Assert.True(Ingress(rule, 81).Allowed);
        Assert.True(new Scenario(Cilium(rule)).Decide(Scenario.Far, Scenario.Subject, 80).Ingress.Allowed);
    }

    [Theory]
    [InlineData(null, null, null, true, true)]
    [InlineData("allow", null, null, false, true)]
    [InlineData("deny", null, null, false, true)]
    [InlineData("allow", true, null, false, true)]
    [InlineData("allow", false, null, true, true)]
    [InlineData("deny", false, null, true, false)]
    [InlineData("allow", false, "allow", false, true)]
    [InlineData(null, true, null, true, true)]
    public void DefaultDenyIsOfTheDirectionsThatHaveRules(string? rules, bool? stated, string? other, bool unmatched, bool matched)
    {
        var scenario = new Scenario(Cilium(With(rules, stated)), Cilium(With(other, null)) with { Name = "second" });
        Assert.Equal(unmatched, scenario.Decide(Scenario.Near, Scenario.Subject, 81).Ingress.Allowed);
        Assert.Equal(matched && rules != "deny", scenario.Decide(Scenario.Near, Scenario.Subject, 80).Ingress.Allowed);
        Assert.Equal(DecisionReason.NotIsolated, scenario.Decide(Scenario.Subject, Scenario.Near, 81).Egress.Reason);
    }

    [Fact]
    public void AProxyWithoutDefaultDenyOnlyObserves()
    {
        var decision = Ingress(Spec with { Ingress = [Item with { ToPorts = [Ports(80) with { Proxy = Http }] }], DefaultDenyIngress = false });
        Assert.Single(decision.Proxied);
        Assert.True(decision.ProxyAllowsEverything);
    }

    private static CiliumRule With(string? rules, bool? stated)
    {
        var item = Item with { ToPorts = [Ports(80)] };
        return Spec with { Ingress = rules == "allow" ? [item] : [], IngressDeny = rules == "deny" ? [item] : [], DefaultDenyIngress = stated };
    }

    private static SideDecision Ingress(CiliumRule rule, int port = 80) => new Scenario(Cilium(rule)).Decide(Scenario.Near, Scenario.Subject, port).Ingress;
}
