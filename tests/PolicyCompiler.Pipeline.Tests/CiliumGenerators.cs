using CsCheck;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Random Cilium policies of both kinds, host policies among them.</summary>
internal static class CiliumGenerators
{
    public static readonly string[] DnsNames = ["one.example", "two.example"];

    private const string NamespaceKey = "io.kubernetes.pod.namespace";
    private const string NamespaceLabelPrefix = "io.cilium.k8s.namespace.labels.";

    private static readonly Gen<string> PodSource = Gen.OneOf("any", "any", "k8s");

    private static readonly Gen<CiliumRequirement> PodRequirement = Gen.Frequency(
        (5, Requirement(PodSource, Gen.OneOf(Generators.Keys), Generators.Values)),
        (2, Requirement(PodSource, Gen.Const(NamespaceKey), Generators.Names)),
        (2, Requirement(PodSource, Gen.OneOf(Generators.Keys).Select(k => NamespaceLabelPrefix + k), Generators.Values)),
        (1, Requirement(PodSource, Gen.Const(NamespaceLabelPrefix + Namespace.NameLabel), Generators.Names)),
        (1, Requirement(PodSource, Gen.Const(Endpoint.ServiceAccountLabel), ["robot", "default"])),
        (1, Requirement(PodSource, Gen.Const(Endpoint.ClusterLabel), [Endpoint.ClusterName, "other"])));

    private static readonly Gen<CiliumRequirement> ReservedRequirement =
        Requirement(Gen.Const("reserved"), Gen.OneOf("host", "remote-node", "world", "world-ipv4", "init", "ingress", "all-unknown"), [""]);

    private static readonly Gen<CiliumSelector> Selector = Gen.Frequency(
        (8, PodRequirement.Array[0, 2].Select(r => new CiliumSelector([.. r], SourceSpan.None))),
        (1, Gen.Select(ReservedRequirement, PodRequirement.Array[0, 1], (reserved, pods) => new CiliumSelector([reserved, .. pods], SourceSpan.None))));

    private static readonly Gen<CiliumSelector> PeerSelector = Gen.Frequency(
        (15, Selector),
        (1, Generators.Prefix.Select(p => new CiliumSelector([new CiliumRequirement("cidr", new LabelRequirement(p.ToString(), SelectorOperator.Exists, [], SourceSpan.None))], SourceSpan.None))));

    private static readonly Gen<CiliumCidrRule> CidrRule = Gen.Frequency(
        (2, Generators.Block.Select(b => new CiliumCidrRule(b.Cidr, null, null, b.Except, SourceSpan.None))),
        (2, Gen.Select(Gen.OneOf("group0", "group1", "nowhere"), Generators.Prefix.Array[0, 2], (name, except) => new CiliumCidrRule(null, name, null, [.. except], SourceSpan.None))),
        (1, Gen.Select(Generators.Selector, Generators.Prefix.Array[0, 1], (groups, except) => new CiliumCidrRule(null, null, groups, [.. except], SourceSpan.None))));

    private static readonly Gen<CiliumServiceReference> ServiceReference = Gen.Frequency(
        (2, Gen.Select(Gen.OneOf("service0", "service1", "kubernetes"), Gen.OneOf([.. Generators.Names, "default", ""]), (name, ns) => new CiliumServiceReference(name, null, ns, SourceSpan.None))),
        (1, Gen.Select(Generators.Selector, Gen.OneOf([.. Generators.Names, ""]), (selector, ns) => new CiliumServiceReference(null, selector, ns, SourceSpan.None))));

    private static readonly Gen<CiliumRuleItem> NoPeers = Gen.Const(new CiliumRuleItem { Span = SourceSpan.None });

    private static readonly Gen<CiliumRuleItem> IngressPeers = Gen.Frequency(
        (1, NoPeers),
        (4, List(PeerSelector, p => new CiliumRuleItem { Endpoints = [.. p], Span = SourceSpan.None })),
        (1, List(Generators.Prefix, p => new CiliumRuleItem { Cidrs = [.. p.Select(x => new IpBlock(x, [], SourceSpan.None))], Span = SourceSpan.None })),
        (2, List(CidrRule, p => new CiliumRuleItem { CidrSets = [.. p], Span = SourceSpan.None })),
        (2, List(Gen.Enum<Entity>(), p => new CiliumRuleItem { Entities = [.. p.Select(e => new CiliumEntity(e, SourceSpan.None))], Span = SourceSpan.None })),
        (1, List(Generators.Selector, p => new CiliumRuleItem { Nodes = [.. p], Span = SourceSpan.None })));

    private static readonly Gen<CiliumRuleItem> EgressDenyPeers = Gen.Frequency(
        (5, IngressPeers),
        (1, List(ServiceReference, p => new CiliumRuleItem { Services = [.. p], Span = SourceSpan.None })));

    private static readonly Gen<CiliumRuleItem> EgressPeers = Gen.Frequency(
        (5, EgressDenyPeers),
        (1, Gen.OneOf(DnsNames).Array[1, 2].Select(p => new CiliumRuleItem { Names = [.. p.Select(Name)], Span = SourceSpan.None })));

    private static readonly Gen<IpProtocol?> Protocol = Gen.OneOf<IpProtocol?>(null, IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp);

    private static readonly Gen<CiliumPort> NumberedPort = Gen.Select(Protocol, Gen.OneOf(Generators.Ports), Gen.OneOf(0, 0, 1, 300), (protocol, port, length) =>
        new CiliumPort(protocol, port, null, length == 0 || port + length > ushort.MaxValue ? null : (ushort)(port + length), SourceSpan.None));

    private static readonly Gen<CiliumPort> Port = Gen.Frequency(
        (4, NumberedPort),
        (1, Protocol.Select(protocol => new CiliumPort(protocol, 0, null, null, SourceSpan.None))),
        (1, Gen.OneOf<IpProtocol?>(IpProtocol.Icmp, IpProtocol.IcmpV6, (IpProtocol)47).Select(protocol => new CiliumPort(protocol, 0, null, null, SourceSpan.None))),
        (2, Gen.Select(Protocol, Gen.OneOf(Generators.PortNames), (protocol, name) => new CiliumPort(protocol, null, name, null, SourceSpan.None))));

    private static readonly Gen<CiliumPortRule> PlainPorts = Port.Array[0, 2].Select(ports => new CiliumPortRule([.. ports], null, SourceSpan.None));

    private static readonly Gen<ProxyRule> Proxy = Gen.OneOf(
        new ProxyRule(new L7Rules.Http([], SourceSpan.None), [], null, null, null),
        new ProxyRule(new L7Rules.Http([new HttpRule("GET", "/a", null, [], [], SourceSpan.None)], SourceSpan.None), [], null, null, null),
        new ProxyRule(new L7Rules.Dns([Name(DnsNames[0])], SourceSpan.None), [], null, null, null),
        new ProxyRule(new L7Rules.Kafka([new KafkaRule("produce", null, null, null, "orders", SourceSpan.None)], SourceSpan.None), [], null, null, null),
        new ProxyRule(new L7Rules.Generic("cassandra", [LabelSet.Empty], SourceSpan.None), [], null, null, null),
        new ProxyRule(null, [Name(DnsNames[1])], null, null, null),
        new ProxyRule(null, [], new ProxyListener("CiliumEnvoyConfig", "proxy", "listener", 5, SourceSpan.None), null, null));

    private static readonly Gen<CiliumPortRule> ProxiedPorts = Gen.Select(NumberedPort.Array[1, 2], Proxy, (ports, proxy) =>
        new CiliumPortRule([.. ports], proxy, SourceSpan.None));

    private static readonly Gen<CiliumIcmp> Icmp = Gen.Select(Gen.Enum<AddressFamily>(), Gen.OneOf<byte>(0, 8, 13, 128, 255), (family, type) =>
        new CiliumIcmp(family, type, SourceSpan.None));

    private static readonly Gen<bool?> DefaultDeny = Gen.OneOf<bool?>(null, null, true, false);

    /// <param name="proxies">Whether rules ask for a proxy or authentication.</param>
    public static Gen<CiliumPolicy> Policy(bool proxies)
    {
        var rule = Rule(proxies);
        var namespaced = Gen.Select(Gen.OneOf(Generators.Names), Selector, rule.Array[1, 2], (ns, subject, rules) =>
            Of(CiliumPolicy.NamespacedKind, ns, rules, r => r with { EndpointSelector = subject }));
        var clusterwide = Gen.Select(Selector, rule.Array[1, 2], (subject, rules) =>
            Of(CiliumPolicy.ClusterwideKind, "", rules, r => r with { EndpointSelector = subject }));
        var host = Gen.Select(Generators.Selector, rule, (nodes, only) =>
            Of(CiliumPolicy.ClusterwideKind, "", [only], r => r with { NodeSelector = nodes }));
        return Gen.Frequency((4, namespaced), (2, clusterwide), (2, host));
    }

    private static CiliumPolicy Of(string kind, string ns, CiliumRule[] rules, Func<CiliumRule, CiliumRule> withSubject) =>
        new(kind, ns, "", [.. rules.Select((r, i) => withSubject(r) with { SpecsIndex = i == 0 ? null : i - 1 })], SourceSpan.None);

    private static Gen<CiliumRule> Rule(bool proxies)
    {
        var ports = proxies ? Gen.Frequency((3, PlainPorts), (2, ProxiedPorts)) : PlainPorts;
        var authentication = proxies
            ? Gen.OneOf<AuthenticationMode?>(null, null, AuthenticationMode.Disabled, AuthenticationMode.Required, AuthenticationMode.TestAlwaysFail)
            : Gen.Const(default(AuthenticationMode?));
        var ingress = Items(IngressPeers, ports, authentication).Array[0, 2];
        var egress = Items(EgressPeers, ports, authentication).Array[0, 2];
        var ingressDeny = Items(IngressPeers, PlainPorts, Gen.Const(default(AuthenticationMode?))).Array[0, 1];
        var egressDeny = Items(EgressDenyPeers, PlainPorts, Gen.Const(default(AuthenticationMode?))).Array[0, 1];
        return Gen.Select(ingress, ingressDeny, egress, egressDeny, Gen.Select(DefaultDeny, DefaultDeny), (i, id, e, ed, stated) => new CiliumRule
        {
            SpecsIndex = null,
            EndpointSelector = null,
            NodeSelector = null,
            Ingress = [.. i],
            IngressDeny = [.. id],
            Egress = [.. e],
            EgressDeny = [.. ed],
            DefaultDenyIngress = stated.Item1,
            DefaultDenyEgress = stated.Item2,
            Span = SourceSpan.None,
        });
    }

    private static Gen<CiliumRuleItem> Items(Gen<CiliumRuleItem> peers, Gen<CiliumPortRule> ports, Gen<AuthenticationMode?> authentication) => Gen.Frequency(
        (2, Gen.Select(peers, authentication, (item, mode) => item with { Authentication = mode })),
        (4, Gen.Select(peers, ports.Array[1, 2], authentication, (item, toPorts, mode) => item with { ToPorts = [.. toPorts], Authentication = mode })),
        (1, Gen.Select(peers, Icmp.Array[1, 2], authentication, (item, icmps, mode) => item with { Icmps = [.. icmps], Authentication = mode })));

    /// <summary>Empty lists are rarer than others.</summary>
    private static Gen<CiliumRuleItem> List<T>(Gen<T> item, Func<T[], CiliumRuleItem> make) =>
        Gen.Frequency((1, Gen.Const(Array.Empty<T>())), (8, item.Array[1, 2])).Select(make);

    private static Gen<CiliumRequirement> Requirement(Gen<string> source, Gen<string> key, string[] values) =>
        Gen.Select(source, key, Gen.Enum<SelectorOperator>(), Gen.OneOf(values).Array[1, 2], (s, k, op, v) =>
            new CiliumRequirement(s, new LabelRequirement(k, op, op is SelectorOperator.In or SelectorOperator.NotIn ? [.. v.Distinct()] : [], SourceSpan.None)));

    private static NamePattern Name(string name) => new(name, false, SourceSpan.None);
}
