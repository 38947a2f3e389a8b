using System.Collections.Immutable;
using CsCheck;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Random assertions about a cluster: numbers are drawn first, and pick from what the cluster has.</summary>
internal sealed class AssertionGenerators(RuleGraph graph, int[] numbers)
{
    private static readonly string[] Blocks = ["0.0.0.0/0", "10.0.0.0/27", "10.0.0.8/29", "10.0.0.16/32", "192.0.2.0/24", "::/0", "2001:db8::/124"];

    private static readonly PortKeyRange[] Ports =
    [
        new(PortKey.Of(IpProtocol.Tcp, 80), PortKey.Of(IpProtocol.Tcp, 80)),
        new(PortKey.Of(IpProtocol.Tcp, 53), PortKey.Of(IpProtocol.Tcp, 81)),
        new(PortKey.Of(IpProtocol.Udp, 1), PortKey.Of(IpProtocol.Udp, 65535)),
        new(PortKey.Of(IpProtocol.Sctp, 8080), PortKey.Of(IpProtocol.Sctp, 8080)),
        new(PortKey.Of(IpProtocol.Icmp, 0), PortKey.Of(IpProtocol.Icmp, 8)),
        new(PortKey.Of(IpProtocol.IcmpV6, 128), PortKey.Of(IpProtocol.IcmpV6, 129)),
        new(PortKey.Of((IpProtocol)47, 0), PortKey.Of((IpProtocol)47, 0)),
    ];

    private int _next;

    public static Gen<int[]> Numbers { get; } = Gen.Int[0, 9_999].Array[40];

    public Assertion Next() => new()
    {
        Kind = Pick([AssertionKind.Allow, AssertionKind.Deny, AssertionKind.Deny, AssertionKind.Only]),
        Source = Set(isDestination: false),
        AnySource = Number(4) == 0,
        Destination = Set(isDestination: true),
        AnyDestination = Number(4) == 0,
        Ports = [.. Enumerable.Range(0, Number(3)).Select(_ => Pick(Ports)).Distinct()],
        Family = Pick<AddressFamily?>([null, null, null, AddressFamily.IPv4, AddressFamily.IPv6]),
        Because = Number(4) == 0 ? Reason() : null,
        Span = SourceSpan.None,
        Text = "",
    };

    private FlowSet Set(bool isDestination, int depth = 0) => Number(depth < 2 ? 8 : 5) switch
    {
        0 or 1 => new FlowSet.Pods(Number(2) == 0 ? Pick(graph.Cluster.Namespaces).Name : null, Number(3) == 0 ? Labels() : null, Number(2) == 0 ? Labels() : LabelSelector.Everything, SourceSpan.None),
        2 => Pick(graph.Cluster.Endpoints.Where(e => !e.IsNode).ToList()) is var pod ? new FlowSet.Pod(pod.Namespace, pod.Name, SourceSpan.None) : null!,
        3 => Single(isDestination),
        4 => new FlowSet.Cidr(IpPrefix.Parse(Pick(Blocks)), SourceSpan.None),
        5 => new FlowSet.Anything(SourceSpan.None),
        6 => new FlowSet.Union([Set(isDestination, depth + 1), Set(isDestination, depth + 1)], SourceSpan.None),
        _ => new FlowSet.Except(Set(isDestination, depth + 1), Set(isDestination, depth + 1), SourceSpan.None),
    };

    private FlowSet Single(bool isDestination) => Number(6) switch
    {
        0 => new FlowSet.Nodes(Labels(), SourceSpan.None),
        1 => new FlowSet.DnsName(Pick(CiliumGenerators.DnsNames), SourceSpan.None),
        2 => new FlowSet.Reserved(Pick<Entity>([Entity.World, Entity.WorldIPv6, Entity.Cluster, Entity.Host, Entity.RemoteNode, Entity.Health, Entity.KubeApiServer]), SourceSpan.None),
        3 => new FlowSet.Address(IpAddress.Parse(Pick(["10.0.0.1", "10.0.0.24", "192.0.2.1", "2001:db8::2"])), SourceSpan.None),
        4 when isDestination && !graph.Cluster.Services.IsEmpty && Pick(graph.Cluster.Services) is var service => new FlowSet.Service(service.Namespace, service.Name, SourceSpan.None),
        _ => new FlowSet.Nodes(LabelSelector.Everything, SourceSpan.None),
    };

    private ExpectedReason? Reason() => Number(2) == 0 && !graph.Policies.IsEmpty && Pick(graph.Policies) is var policy
        ? new ExpectedReason.Policy(null, policy.Reference, Number(2) == 0 && !policy.Rules.IsEmpty ? Pick(policy.Rules).Place : null, SourceSpan.None)
        : new ExpectedReason.Without(Pick([DecisionReason.DefaultDeny, DecisionReason.NotIsolated, DecisionReason.NotAnEndpoint]), SourceSpan.None);

    private LabelSelector Labels() => new(
        [new LabelRequirement(Pick(Generators.Keys), Pick(Enum.GetValues<SelectorOperator>()) is var op ? op : default, op is SelectorOperator.In or SelectorOperator.NotIn ? [Pick(Generators.Values)] : [], SourceSpan.None)],
        SourceSpan.None);

    private int Number(int below) => numbers[_next++ % numbers.Length] % below;

    private T Pick<T>(IReadOnlyList<T> list) => list[Number(list.Count)];
}
