using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.L7;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Pipeline.Tests.Lint;

/// <summary>What a policy set decides in a cluster to which every new pod was added: each is asked about, as subject and as peer.</summary>
internal sealed class NewPodDecisions
{
    private static readonly ImmutableArray<NamedPort>[] PortSets =
    [
        [],
        [new NamedPort("dns", IpProtocol.Udp, 53), new NamedPort("http", IpProtocol.Tcp, 80)],
        [new NamedPort("http", IpProtocol.Tcp, 8080), new NamedPort("http", IpProtocol.Udp, 80)],
    ];

    private readonly ClusterView _cluster;
    private readonly RuleGraph _graph;
    private readonly Dictionary<EndpointSelector, HashSet<Endpoint>> _selected = [];
    private readonly List<Endpoint> _pods;

    public NewPodDecisions(CompilerInput input)
    {
        var (namespaces, pods) = NewPods.Of(input.Cluster);
        _cluster = NewPods.Add(input.Cluster, namespaces, pods.Select((p, i) => p with { NamedPorts = PortSets[i % PortSets.Length] }));
        _graph = Build(input);
        _pods = [.. _graph.Cluster.Endpoints.Where(e => !e.HostNetwork && !e.IsNode)];
    }

    /// <summary>The first flow that is decided otherwise without the units; null: there is none.</summary>
    /// <param name="without">The same input without them.</param>
    /// <param name="units">What was taken out; whom none of them is for is not asked about.</param>
    public string? FirstDifference(CompilerInput without, IEnumerable<RemovableUnit> units)
    {
        var (ours, theirs) = (new FlowEvaluator(_graph), new FlowEvaluator(Build(without)));
        var changed = units.Select(u => u.Policy.Index).ToHashSet();
        var subjects = _graph.Cluster.Endpoints.Where(e => !e.HostNetwork)
            .GroupBy(e => $"{e.IsNode} {string.Join(',', _graph.PoliciesFor(e).Select(p => p.Index))} {string.Join(',', e.NamedPorts)}")
            .Select(g => g.First()).Where(e => _graph.PoliciesFor(e).Any(p => changed.Contains(p.Index)));
        foreach (var subject in subjects)
        {
            foreach (var direction in Directions.All)
            {
                var rules = _graph.PoliciesFor(subject).SelectMany(p => p.Rules).Where(r => r.Direction == direction).ToList();
                foreach (var remote in Remotes(rules))
                {
                    foreach (var (protocol, port) in Ports(rules, direction == Direction.Ingress ? subject : remote.Endpoint))
                    {
                        var (local, family) = (new FlowPeer(subject, null), remote.Address?.Family ?? AddressFamily.IPv4);
                        var flow = direction == Direction.Ingress ? new Flow(remote, local, family, protocol, port) : new Flow(local, remote, family, protocol, port);
                        var (a, b) = (ours.EvaluateSide(flow, direction), theirs.EvaluateSide(flow, direction));
                        if ((a.Allowed, a.NeedsAuthentication, a.ProxyAllowsEverything) != (b.Allowed, b.NeedsAuthentication, b.ProxyAllowsEverything) || !Content(a).SetEquals(Content(b)))
                        {
                            return $"{subject} {{{subject.Labels}}}, {direction} {remote} {{{remote.Endpoint?.Labels}}} {protocol}/{port}: "
                                + $"{a.Reason} {a.Rule?.Place} allowed {a.Allowed}, then {b.Reason} {b.Rule?.Place} allowed {b.Allowed}";
                        }
                    }
                }
            }
        }

        return null;
    }

    private RuleGraph Build(CompilerInput input) => RuleGraphBuilder.Build(input with { Cluster = _cluster }, new GraphOptions()).Value!;

    /// <summary>One of all pods that the rules cannot tell apart, at each address where a block begins or ends; and who is no pod.</summary>
    private IEnumerable<FlowPeer> Remotes(List<Rule> rules)
    {
        var peers = rules.SelectMany(r => r.Peers).Distinct().ToList();
        var selectors = peers.OfType<Peer.Endpoints>().Select(p => Selected(p.Selector)).ToList();
        var edges = peers.OfType<Peer.Cidr>().SelectMany(c => c.Block.Except.Append(c.Block.Cidr), (c, b) => (c.Scope, Block: b))
            .SelectMany(x => new[] { (x.Scope, Address: x.Block.Address), (x.Scope, Address: x.Block.Last), (x.Scope, Address: x.Block.Last with { Value = x.Block.Last.Value + 1 }) })
            .Where(x => x.Address.Value <= new IpPrefix(x.Address with { Value = 0 }, 0).Last.Value).ToList();
        IpAddress?[] ofPods = [null, .. edges.Where(e => e.Scope == AddressScope.Everywhere).Select(e => (IpAddress?)e.Address).Distinct()];
        var pods = _pods.GroupBy(p => $"{string.Concat(selectors.Select(s => s.Contains(p) ? '1' : '0'))} {string.Join(',', p.NamedPorts)}").Select(g => g.First());
        return pods.SelectMany(_ => ofPods, (p, a) => new FlowPeer(p, a))
            .Concat(edges.Select(e => e.Address).Concat(_graph.NodesByAddress.Keys).Distinct().Where(a => _graph.EndpointAt(a) is null).Select(a => new FlowPeer(null, a)))
            .Concat(Entities.Reserved.Append(Entity.WorldIPv4).Append(Entity.WorldIPv6).Select(e => new FlowPeer(null, null) { Entity = e }))
            .Concat(CiliumGenerators.DnsNames.Select(n => new FlowPeer(null, IpAddress.Parse("192.0.2.77")) { Name = n }));
    }

    private HashSet<Endpoint> Selected(EndpointSelector selector)
    {
        if (!_selected.TryGetValue(selector, out var pods))
        {
            _selected.Add(selector, pods = [.. _pods.Where(p => _graph.Selects(selector, p))]);
        }

        return pods;
    }

    private static IEnumerable<(IpProtocol Protocol, int Port)> Ports(List<Rule> rules, Endpoint? server) =>
        rules.SelectMany(r => r.Ports).OfType<PortMatch.Range>()
            .SelectMany(r => new[] { r.First - 1, r.First, r.Last, r.Last + 1 }, (r, p) => (r.Protocol, Port: p)).Where(p => p.Port is >= 0 and <= ushort.MaxValue)
            .Concat((server?.NamedPorts ?? []).Select(p => (p.Protocol, (int)p.Number)))
            .Concat([(IpProtocol.Tcp, 7), (IpProtocol.Udp, 7), (IpProtocol.Sctp, 7), (IpProtocol.Icmp, 8), ((IpProtocol)47, 0)])
            .Distinct();

    private static HashSet<ProxyRule> Content(SideDecision decision) => [.. decision.Proxied.Select(r => r.Proxy!)];
}
