using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Proxy;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Assertions.Tests;

public sealed class FlowFileReaderTests
{
    [Fact]
    public void An_assertion_has_ends_ports_and_a_place()
    {
        var assertion = Reading.One("deny from any pod a/b to all service c/d on TCP 80, 90-91, UDP over IPv6 because NetworkPolicy c/p ingress[0]");
        Assert.Equal(AssertionKind.Deny, assertion.Kind);
        Assert.True(assertion.AnySource);
        Assert.False(assertion.AnyDestination);
        Assert.Equal(("a", "b"), assertion.Source is FlowSet.Pod pod ? (pod.Namespace, pod.Name) : default);
        Assert.Equal(("c", "d"), assertion.Destination is FlowSet.Service service ? (service.Namespace, service.Name) : default);
        Assert.Equal(["TCP 80", "TCP 90-91", "UDP 1-65535"], assertion.Ports.Select(p => p.ToString()));
        Assert.Equal(AddressFamily.IPv6, assertion.Family);
        var because = Assert.IsType<ExpectedReason.Policy>(assertion.Because);
        Assert.Equal(("NetworkPolicy", "c/p", "ingress[0]"), (because.Kind, because.Reference, because.Place));
        Assert.Equal((3, 3, assertion.Text.Length), (assertion.Span.Line, assertion.Span.Column, assertion.Span.Length));
    }

    [Theory]
    [InlineData("app = web", "app=web")]
    [InlineData("app=web", "app=web")]
    [InlineData("app != web and tier", "app notin (web), tier")]
    [InlineData("!app and tier in (a, b) and tier notin (c)", "!app, tier in (a,b), tier notin (c)")]
    [InlineData("app.kubernetes.io/name = \"\"", "app.kubernetes.io/name=")]
    [InlineData("to = from and on and in in (in)", "to=from, on, in=in")]
    public void Labels_are_those_of_Kubernetes(string written, string selector)
    {
        var pods = Assert.IsType<FlowSet.Pods>(Reading.One($"allow from pods in in where {written} to pods").Source);
        Assert.Equal(("in", selector), (pods.Namespace, pods.Labels.ToString()));
    }

    [Fact]
    public void Exclusion_takes_from_all_before_it_all_behind_it()
    {
        var set = Assert.IsType<FlowSet.Except>(Reading.One("deny from world, pods except 10.0.0.0/8, ip ::1 to nothing").Source);
        Assert.Equal(2, Assert.IsType<FlowSet.Union>(set.Set).Sets.Length);
        var without = Assert.IsType<FlowSet.Union>(set.Without);
        Assert.Equal("10.0.0.0/8", Assert.IsType<FlowSet.Cidr>(without.Sets[0]).Block.ToString());
        Assert.Equal("::1", Assert.IsType<FlowSet.Address>(without.Sets[1]).Value.ToString());
    }

    [Fact]
    public void A_variable_is_what_it_is_defined_as_at_the_place_of_its_use()
    {
        var assertion = Reading.One("only web, optional (web except pod a/b) may reach anything", "let web = pods in a");
        var union = Assert.IsType<FlowSet.Union>(assertion.Source);
        var web = Assert.IsType<FlowSet.Pods>(union.Sets[0]);
        Assert.Equal((3, 8, 1), (web.Span.Line, web.Span.Column, web.Written.Line));
        Assert.IsType<FlowSet.Except>(Assert.IsType<FlowSet.Optional>(union.Sets[1]).Set);
        Assert.Equal(AssertionKind.Only, assertion.Kind);
    }

    [Theory]
    [InlineData("because default-deny", DecisionReason.DefaultDeny)]
    [InlineData("because not-enforced", DecisionReason.NotAnEndpoint)]
    public void A_reason_can_be_no_rule(string written, DecisionReason reason) =>
        Assert.Equal(reason, Assert.IsType<ExpectedReason.Without>(Reading.One($"deny from pods to pods {written}").Because).Reason);

    [Fact]
    public void Requests_are_read()
    {
        var http = Assert.IsType<ProxyRequest.Http>(Reading.One("allow from pods to pods on TCP 80 http \"GET /a\" header \"X: \\\"b\\\"\"").Request);
        Assert.Equal(("GET", "/a", "\"b\""), (http.Request.Method, http.Request.Path, http.Request.Headers[0].Value));
        Assert.Equal("a.b", Assert.IsType<ProxyRequest.Dns>(Reading.One("allow from pods to pods dns \"A.b.\"").Request).Name);
        Assert.Equal("a.b", Assert.IsType<ProxyRequest.ServerName>(Reading.One("allow from pods to pods sni \"a.b\"").Request).Name);
    }

    [Theory]
    [InlineData("ICMP", 0, 255, IpProtocol.Icmp)]
    [InlineData("ICMPv6 128", 128, 128, IpProtocol.IcmpV6)]
    [InlineData("protocol 47", 0, 0, (IpProtocol)47)]
    [InlineData("protocol 17 53", 53, 53, IpProtocol.Udp)]
    public void Protocols_have_ports_types_or_neither(string written, int first, int last, IpProtocol protocol) =>
        Assert.Equal([new PortKeyRange(PortKey.Of(protocol, first), PortKey.Of(protocol, last))], Reading.One($"allow from pods to pods on {written}").Ports);

    /// <summary>Whatever ends the lines, with comments between and no end behind the last.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\n  \r\n\t# c\r\n")]
    public void A_statement_goes_on_in_the_next_line(string newline)
    {
        var text = string.Join(newline, "# first", "let a = pods in x,", "  pods in y # and", "except pod x/z", "test \"t\"", "{", "allow from a", "to a", "on TCP 80,", "81", "because x/p", "}# end");
        var read = Reading.Read(text);
        Assert.Empty(read.Diagnostics);
        var assertion = Assert.Single(read.Value!.Tests[0].Assertions);
        Assert.Equal("allow from a to a on TCP 80, 81 because x/p", assertion.Text);
        Assert.Equal("allow from a".Length, assertion.Span.Length);
    }

    [Fact]
    public void Tests_have_names_and_places()
    {
        var read = Reading.Read("test \"a \\\"b\\\" # \\\\\" { deny from pods to pods }\n\ntest \"c\" {\n}");
        Assert.Equal([("a \"b\" # \\", 1, 6), ("c", 3, 6)], read.Value!.Tests.Select(t => (t.Name, t.Span.Line, t.Span.Column)));
        Assert.True(read.Succeeded);
    }
}
