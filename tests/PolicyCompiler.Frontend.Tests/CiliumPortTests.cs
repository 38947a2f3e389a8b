using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Core.Model.L7;
using static PolicyCompiler.Frontend.Tests.CiliumReading;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>Fields of toPorts and icmps.</summary>
public sealed class CiliumPortTests
{
    [Theory]
    [InlineData("port: \"80\"", null, 80, null, null)]
    [InlineData("port: \"0\", protocol: SCTP", IpProtocol.Sctp, 0, null, null)]
    [InlineData("port: \"80\", protocol: any", null, 80, null, null)]
    [InlineData("port: \"80\", protocol: tcp", IpProtocol.Tcp, 80, null, null)]
    [InlineData("port: \"8\", protocol: ICMP", IpProtocol.Icmp, 8, null, null)]
    [InlineData("port: \"128\", protocol: ICMPv6", IpProtocol.IcmpV6, 128, null, null)]
    [InlineData("port: HTTP-Alt, protocol: UDP", IpProtocol.Udp, null, "http-alt", null)]
    [InlineData("port: \"0x10\"", null, null, "0x10", null)]
    [InlineData("port: \"80\", endPort: 90", null, 80, null, 90)]
    [InlineData("port: \"80\", endPort: 80", null, 80, null, null)]
    [InlineData("port: \"80\", endPort: 0", null, 80, null, null)]
    [InlineData("port: http, endPort: 0", null, null, "http", null)]
    public void Port(string written, IpProtocol? protocol, int? number, string? name, int? end)
    {
        var port = Assert.Single(ReadEgress($"{{toPorts: [{{ports: [{{{written}}}]}}]}}").ToPorts[0].Ports);
        Assert.Equal((protocol, number, name, end), (port.Protocol, (int?)port.Number, port.Name, (int?)port.EndPort));
    }

    [Fact]
    public void End_before_the_start_is_ignored_with_a_warning()
    {
        var stage = Reading.Read(Egress("{toPorts: [{ports: [{port: \"80\", endPort: 79}]}]}"));
        Assert.True(stage.Succeeded);
        Assert.Null(((CiliumPolicy)stage.Value!.Policies.Policies[0]).Rules[0].Egress[0].ToPorts[0].Ports[0].EndPort);
    }

    [Fact]
    public void Item_without_ports_is_all_ports_with_a_warning()
    {
        var stage = Reading.Read(Egress("{toPorts: [{}]}"));
        Assert.True(stage.Succeeded);
        Assert.True(Assert.Single(((CiliumPolicy)stage.Value!.Policies.Policies[0]).Rules[0].Egress[0].ToPorts).Ports.IsEmpty);
    }

    [Fact]
    public void Empty_toPorts_is_absent() => Assert.True(ReadEgress("{toPorts: []}").ToPorts.IsEmpty);

    [Theory]
    [InlineData("type: 8", AddressFamily.IPv4, 8)]
    [InlineData("type: \"0\"", AddressFamily.IPv4, 0)]
    [InlineData("type: EchoRequest", AddressFamily.IPv4, 8)]
    [InlineData("family: IPv6, type: EchoRequest", AddressFamily.IPv6, 128)]
    [InlineData("family: IPv6, type: 255", AddressFamily.IPv6, 255)]
    [InlineData("family: IPv6, type: DuplicateAddressConfirmationCodeSuffix", AddressFamily.IPv6, 158)]
    public void Icmp(string field, AddressFamily family, byte type)
    {
        var icmp = Assert.Single(ReadEgress($"{{icmps: [{{fields: [{{{field}}}]}}]}}").Icmps);
        Assert.Equal((family, type), (icmp.Family, icmp.Type));
    }

    [Fact]
    public void Fields_of_all_items_of_icmps_are_read() =>
        Assert.Equal([8, 11], ReadEgress("{icmps: [{fields: [{type: 8}]}, {}, {fields: [{type: 11}]}], toPorts: []}").Icmps.Select(i => (int)i.Type));

    [Fact]
    public void No_proxy_without_a_reason() =>
        Assert.Null(ReadProxy("rules: {}, serverNames: [], listener: null").Proxy);

    [Fact]
    public void Http_rule()
    {
        var rules = Assert.IsType<L7Rules.Http>(ReadProxy(
            "rules: {http: [{method: GET, path: \"/a/(?P<id>[0-9]+)\", host: a.b, headers: [\"X-A: b\"], "
            + "headerMatches: [{name: X-B, value: c, mismatch: REPLACE}, {name: X-C, secret: {namespace: n1, name: s1}}]}, {}]}").Proxy!.Rules);
        var rule = rules.Rules[0];
        Assert.Equal(("GET", "/a/(?P<id>[0-9]+)", "a.b"), (rule.Method, rule.Path, rule.Host));
        Assert.Equal(["X-A: b"], rule.Headers);
        Assert.Equal(
            [("X-B", "c", null, HeaderMismatch.Replace), ("X-C", null, new SecretReference("n1", "s1"), null)],
            rule.HeaderMatches.Select(h => (h.Name, h.Value, h.Secret, h.Mismatch)));
        Assert.True(rules.Rules[1] is { Method: null, Path: null, Host: null, Headers.IsEmpty: true, HeaderMatches.IsEmpty: true });
    }

    [Fact]
    public void Empty_list_of_rules_names_the_protocol() =>
        Assert.Empty(Assert.IsType<L7Rules.Http>(ReadProxy("rules: {http: []}").Proxy!.Rules).Rules);

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    [InlineData("ANY")]
    public void Dns_rules_may_be_on_any_transport(string protocol)
    {
        var item = ReadEgress(
            $"{{toPorts: [{{ports: [{{port: \"53\", protocol: {protocol}}}], rules: {{dns: [{{matchName: A.b, matchPattern: \"*.c\"}}]}}}}]}}");
        var dns = Assert.IsType<L7Rules.Dns>(item.ToPorts[0].Proxy!.Rules);
        Assert.Equal([("a.b", false), ("*.c", true)], dns.Names.Select(n => (n.Text, n.IsPattern)));
    }

    [Fact]
    public void Host_policy_may_have_dns_rules_on_egress()
    {
        var policy = ReadPolicy(
            "apiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: {name: p}\nspec:\n  nodeSelector: {}\n"
            + "  egress: [{toPorts: [{ports: [{port: \"53\"}], rules: {dns: [{matchPattern: \"*\"}]}}]}]");
        Assert.IsType<L7Rules.Dns>(policy.Rules[0].Egress[0].ToPorts[0].Proxy!.Rules);
    }

    [Fact]
    public void Kafka_rule_is_read_with_a_warning()
    {
        var stage = Reading.Read(Proxy("rules: {kafka: [{role: Produce, topic: orders}, {apiKey: Fetch, apiVersion: \"3\", clientID: c}]}"));
        Assert.True(stage.Succeeded);
        var rules = Assert.IsType<L7Rules.Kafka>(((CiliumPolicy)stage.Value!.Policies.Policies[0]).Rules[0].Egress[0].ToPorts[0].Proxy!.Rules).Rules;
        Assert.Equal(
            [("produce", null, null, null, "orders"), (null, "fetch", "3", "c", null)],
            rules.Select(r => (r.Role, r.ApiKey, r.ApiVersion, r.ClientId, r.Topic)));
    }

    [Fact]
    public void Rules_of_a_parser_of_the_proxy()
    {
        var generic = Assert.IsType<L7Rules.Generic>(ReadProxy("rules: {l7proto: test, l7: [{cmd: get, file: a}, {}]}").Proxy!.Rules);
        Assert.Equal(("test", "cmd=get,file=a"), (generic.Protocol, generic.Rules[0].ToString()));
        Assert.Empty(generic.Rules[1]);
        Assert.Empty(Assert.IsType<L7Rules.Generic>(ReadProxy("rules: {l7proto: test}").Proxy!.Rules).Rules);
    }

    [Fact]
    public void Server_names()
    {
        var names = ReadProxy("serverNames: [One.example.com, \"*.example.com\"]").Proxy!.ServerNames;
        Assert.Equal([("one.example.com", false), ("*.example.com", true)], names.Select(n => (n.Text, n.IsPattern)));
    }

    [Fact]
    public void Tls_lets_rules_stand_beside_server_names()
    {
        var proxy = ReadProxy(
            "serverNames: [a.b], rules: {http: [{}]}, terminatingTLS: {secret: {namespace: n1, name: s1}, certificate: c, privateKey: k}, "
            + "originatingTLS: {secret: {name: s2}, trustedCA: t}").Proxy!;
        Assert.Equal(
            [(new SecretReference("n1", "s1"), null, "c", "k"), (new SecretReference("", "s2"), "t", null, null)],
            new[] { proxy.TerminatingTls!, proxy.OriginatingTls! }.Select(t => (t.Secret, t.TrustedCa, t.Certificate, t.PrivateKey)));
    }

    [Theory]
    [InlineData("{name: a}", "CiliumEnvoyConfig")]
    [InlineData("{kind: CiliumClusterwideEnvoyConfig, name: a}", "CiliumClusterwideEnvoyConfig")]
    public void Listener(string configuration, string kind)
    {
        var listener = ReadProxy($"listener: {{envoyConfig: {configuration}, name: b, priority: 7}}").Proxy!.Listener!;
        Assert.Equal((kind, "a", "b", 7), (listener.ConfigurationKind, listener.ConfigurationName, listener.Name, listener.Priority));
    }
}
