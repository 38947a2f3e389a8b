using CsCheck;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Random small clusters and policies, dense in the boundaries that matter.</summary>
internal static class Generators
{
    internal static readonly string[] Names = ["alpha", "beta", "gamma"];
    internal static readonly string[] Keys = ["app", "tier"];
    internal static readonly string[] Values = ["a", "b", "c"];
    internal static readonly string[] PortNames = ["http", "dns"];
    internal static readonly ushort[] Ports = [1, 53, 80, 81, 8080, 65535];

    internal static readonly Gen<LabelSet> Labels =
        Gen.Select(Gen.OneOf<string?>([null, .. Values]), Gen.OneOf<string?>([null, .. Values]), (app, tier) => new LabelSet(
            new[] { ("app", app), ("tier", tier) }.Where(l => l.Item2 is not null).Select(l => KeyValuePair.Create(l.Item1, l.Item2!))));

    private static readonly Gen<LabelRequirement> Requirement =
        Gen.Select(Gen.OneOf(Keys), Gen.Enum<SelectorOperator>(), Gen.OneOf(Values).Array[1, 2], (key, op, values) =>
            new LabelRequirement(key, op, op is SelectorOperator.In or SelectorOperator.NotIn ? [.. values] : [], SourceSpan.None));

    internal static readonly Gen<LabelSelector> Selector = Requirement.Array[0, 2].Select(r => new LabelSelector([.. r], SourceSpan.None));

    internal static readonly Gen<IpPrefix> Prefix = Gen.Frequency(
        (4, Gen.Select(Gen.UInt[0x0A000000, 0x0A00001F], Gen.OneOf(0, 8, 24, 28, 30, 31, 32), (address, length) =>
            new IpPrefix(new IpAddress(AddressFamily.IPv4, address), length))),
        (1, Gen.Select(Gen.UInt[0, 31], Gen.OneOf(0, 32, 64, 124, 127, 128), (low, length) =>
            new IpPrefix(new IpAddress(AddressFamily.IPv6, IpAddress.Parse("2001:db8::").Value + low), length))));

    internal static readonly Gen<IpBlock> Block = Gen.Select(Prefix, Gen.UInt[0, 31].Array[0, 2], Gen.Int[1, 4], (cidr, lows, longer) =>
        new IpBlock(
            cidr,
            [
                .. lows.Where(_ => cidr.Length + longer <= cidr.Address.Bits)
                    .Select(low => new IpPrefix(cidr.Address with { Value = cidr.Address.Value + (low & ((UInt128.One << Math.Min(5, cidr.Address.Bits - cidr.Length)) - 1)) }, cidr.Length + longer))
                    .Distinct(),
            ],
            SourceSpan.None));

    private static readonly Gen<NetworkPolicyPeer> Peer = Gen.Frequency(
        (3, Gen.Select(Selector, Selector.Select(Gen.Bool, (selector, given) => given ? selector : null), (pods, namespaces) =>
            new NetworkPolicyPeer(pods, namespaces, null, SourceSpan.None))),
        (1, Selector.Select(namespaces => new NetworkPolicyPeer(null, namespaces, null, SourceSpan.None))),
        (2, Block.Select(block => new NetworkPolicyPeer(null, null, block, SourceSpan.None))));

    private static readonly Gen<IpProtocol?> Protocol = Gen.OneOf<IpProtocol?>(null, IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp);

    private static readonly Gen<NetworkPolicyPort> Port = Gen.Frequency(
        (3, Gen.Select(Protocol, Gen.OneOf(Ports), (protocol, port) => new NetworkPolicyPort(protocol, port, null, null, SourceSpan.None))),
        (2, Gen.Select(Protocol, Gen.OneOf(Ports), Gen.Int[0, 300], (protocol, port, length) =>
            new NetworkPolicyPort(protocol, port, null, (ushort)Math.Min(65535, port + length), SourceSpan.None))),
        (1, Protocol.Select(protocol => new NetworkPolicyPort(protocol, null, null, null, SourceSpan.None))),
        (2, Gen.Select(Protocol, Gen.OneOf(PortNames), (protocol, name) => new NetworkPolicyPort(protocol, null, name, null, SourceSpan.None))));

    private static readonly Gen<NetworkPolicyRule> Rule =
        Gen.Select(Peer.Array[0, 2], Port.Array[0, 3], (peers, ports) => new NetworkPolicyRule([.. peers], [.. ports], SourceSpan.None));

    private static readonly Gen<NetworkPolicyType[]> Types =
        Gen.OneOf<NetworkPolicyType[]>([], [NetworkPolicyType.Ingress], [NetworkPolicyType.Egress], [NetworkPolicyType.Ingress, NetworkPolicyType.Egress]);

    /// <summary>A policy, but for its name.</summary>
    internal static readonly Gen<NetworkPolicy> Policy =
        Gen.Select(Gen.OneOf(Names), Selector, Types, Rule.Array[0, 3], Rule.Array[0, 3], (ns, subject, types, ingress, egress) =>
            new NetworkPolicy(ns, "", subject, [.. types], [.. ingress], [.. egress], SourceSpan.None));

    internal static readonly Gen<NamedPort> NamedPort =
        Gen.Select(Gen.OneOf(PortNames), Gen.OneOf(IpProtocol.Tcp, IpProtocol.Udp), Gen.OneOf(Ports), (name, protocol, port) => new NamedPort(name, protocol, port));

    private static readonly Gen<(string Namespace, LabelSet Labels, NamedPort[] Ports, int Families, bool OnNode, bool Host)> Pod =
        Gen.Select(Gen.OneOf(Names), Labels, NamedPort.Array[0, 2], Gen.Int[1, 3], Gen.Bool, Gen.Int[0, 9].Select(n => n == 0));

    public static Gen<CompilerInput> Input { get; } = Gen.Select(Pod.Array[1, 6], Policy.Array[0, 5], Labels.Array[3], (pods, policies, namespaceLabels) => new CompilerInput(
        new PolicySet([.. policies.Select((p, i) => p with { Name = $"p{i}" })]),
        new ClusterView
        {
            Namespaces = [.. Names.Select((name, i) => new Namespace(name, namespaceLabels[i].WithDefault(Namespace.NameLabel, name), false, SourceSpan.None))],
            Nodes = [new Node("node", LabelSet.Empty, [IpAddress.Parse("10.0.0.30"), IpAddress.Parse("2001:db8::1e")], SourceSpan.None)],
            Endpoints =
            [
                .. pods.Select((p, i) => new Endpoint
                {
                    Namespace = p.Namespace,
                    Name = $"pod{i}",
                    WorkloadKind = "Pod",
                    WorkloadName = $"pod{i}",
                    Labels = p.Labels,
                    NamedPorts = [.. p.Ports.Distinct().OrderBy(x => x.Name, StringComparer.Ordinal).ThenBy(x => x.Protocol).ThenBy(x => x.Number)],
                    NodeName = p.OnNode ? "node" : null,
                    HostNetwork = p.Host,
                    Addresses = p.Host
                        ? [IpAddress.Parse("10.0.0.30")]
                        : [.. new[] { (1, $"10.0.0.{i + 1}"), (2, $"2001:db8::{i + 1}") }.Where(a => (p.Families & a.Item1) != 0).Select(a => IpAddress.Parse(a.Item2))],
                    Span = SourceSpan.None,
                }).OrderBy(e => e.Namespace, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal),
            ],
        }));
}
