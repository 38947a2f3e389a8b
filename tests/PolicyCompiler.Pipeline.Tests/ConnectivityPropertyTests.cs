using CsCheck;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>The listing of connectivity = what the policies mean, on random policies: at every pair, port and address boundary.</summary>
public sealed class ConnectivityPropertyTests
{
    private static readonly AddressFamily[] Families = [AddressFamily.IPv4, AddressFamily.IPv6];

    [Fact]
    public void TheRowsAreWhatThePoliciesMean() => Generators.Input.Sample(
        input =>
        {
            foreach (var matchesPods in new[] { false, true })
            {
                Check(Tables(input, matchesPods));
            }
        },
        iter: 60);

    /// <summary>With nodes, entities and names, which cut the ranges where their answer differs.</summary>
    [Fact]
    public void TheRowsAreWhatPoliciesOfAllKindsMean() => MixedGenerators.PlainInput.Sample(
        input =>
        {
            // A workload that stands for its pods also means two of them.
            var single = input with { Cluster = input.Cluster with { Endpoints = [.. input.Cluster.Endpoints.Select(e => e with { StandsForPods = false })] } };
            Check(Tables(single, matchesPods: false));
        },
        iter: 60);

    /// <summary>The pods of a workload together: one row says what any of them may do.</summary>
    [Fact]
    public void TheRowsOfAWorkloadAreThoseOfItsPods() => Generators.Input.Sample(
        input => Check(Tables(input with { Cluster = input.Cluster with { Endpoints = [.. input.Cluster.Endpoints.Select(InWorkload)] } }, matchesPods: true)),
        iter: 60);

    /// <summary>On no node, so that no pod of the workload accepts another's node as its own.</summary>
    private static Endpoint InWorkload(Endpoint pod, int index) => pod with { WorkloadKind = "Deployment", WorkloadName = $"w{index % 2}", NodeName = null };

    private static PolicyTables Tables(CompilerInput input, bool matchesPods) =>
        PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions(matchesPods)).Value!).Value!;

    private static void Check(PolicyTables tables)
    {
        var graph = tables.Graph;
        var evaluator = new FlowEvaluator(graph);
        var rows = ConnectivityBuilder.Build(tables).Rows.ToList();
        Assert.Equal(rows.OrderBy(r => r.Source.Text, StringComparer.Ordinal).ThenBy(r => r.Destination.Text, StringComparer.Ordinal), rows);
        Assert.All(rows, r => Assert.False(r.Ports.IsEmpty));
        var workloads = graph.Cluster.Endpoints.Where(e => !e.IsNode).GroupBy(e => $"{e.Namespace}/{e.WorkloadName}[{e.WorkloadKind}]").ToDictionary(g => g.Key, g => g.ToList());
        var between = rows.Where(r => r.Source is ConnectivityEnd.Workload && r.Destination is ConnectivityEnd.Workload)
            .ToDictionary(r => (r.Source.Text, r.Destination.Text), r => r.Ports);
        Assert.DoesNotContain(between.Keys, k => k.Item1 == k.Item2);
        var ports = Boundaries(graph);
        var addresses = Addresses(tables);
        foreach (var (name, pods) in workloads)
        {
            foreach (var (other, others) in workloads.Where(w => w.Key != name))
            {
                var listed = between.GetValueOrDefault((name, other), PortSet.Empty);
                var flows = pods.SelectMany(_ => others, Ends).SelectMany(e => e).ToList();
                AssertOpen(listed, flows, $"{name} -> {other}", mayBeMore: flows.Exists(IsItself));
            }

            foreach (var address in addresses)
            {
                var outside = new FlowPeer(null, address);
                List<FlowPeer> known = [.. pods.SelectMany(p => PeersOf(p).Where(e => e.Family == address.Family)).Select(e => e.Peer)];
                AssertOpen(Listed(r => r.Source.Text == name ? r.Destination : null), [.. known.Select(p => (p, outside))], $"{name} -> {address}", mayBeMore: known.Exists(p => IsItself((p, outside))));
                // What a pod accepts because it comes from its own node is not listed, but what is listed is open.
                AssertOpen(
                    Listed(r => r.Destination.Text == name ? r.Source : null), [.. known.Select(p => (outside, p))], $"{address} -> {name}",
                    mayBeMore: pods.Exists(p => graph.NodeOf(p)?.Address(address.Family) == address) || known.Exists(p => IsItself((p, outside))));

                PortSet Listed(Func<ConnectivityRow, ConnectivityEnd?> end) => rows
                    .Where(r => end(r) is ConnectivityEnd.Addresses range && range.First.Family == address.Family && range.First.Value <= address.Value && address.Value <= range.Last.Value)
                    .Select(r => r.Ports).SingleOrDefault() ?? PortSet.Empty;
            }
        }

        // What a pod in its node's network may open to that node is not listed either.
        bool IsItself((FlowPeer From, FlowPeer To) flow) =>
            graph.SubjectOf(flow.From) is { } subject && ReferenceEquals(subject, graph.SubjectOf(flow.To));

        IEnumerable<(FlowPeer From, FlowPeer To)> Ends(Endpoint from, Endpoint to)
        {
            // What a pod accepts from its own node is not listed.
            if (from.HostNetwork && to.NodeName is not null && !to.HostNetwork)
            {
                yield break;
            }

            var common = Families.Where(f => from.Address(f) is not null && to.Address(f) is not null).ToList();
            foreach (var family in common)
            {
                yield return (Peer(from, family), Peer(to, family));
            }

            if (common.Count == 0)
            {
                yield return (Peer(from, null), Peer(to, null));
            }
        }

        void AssertOpen(PortSet listed, List<(FlowPeer From, FlowPeer To)> ends, string what, bool mayBeMore = false)
        {
            foreach (var protocol in ends.Count == 0 ? [] : IpProtocols.Transport)
            {
                foreach (var port in ports)
                {
                    var meant = ends.Exists(e => evaluator.Evaluate(new Flow(
                        e.From, e.To, (e.From.Address ?? e.To.Address)?.Family ?? AddressFamily.IPv4, protocol, port)).Allowed);
                    Assert.True(meant == listed.Contains(protocol, port) || (meant && mayBeMore), $"{what} {protocol.Name()}/{port}: policies {meant}, listed {listed}");
                }
            }
        }
    }

    private static IEnumerable<(AddressFamily Family, FlowPeer Peer)> PeersOf(Endpoint pod) =>
        Families.Where(f => pod.Address(f) is not null).Select(f => (f, Peer(pod, f)));

    /// <summary>A host-network pod is known by its address alone.</summary>
    private static FlowPeer Peer(Endpoint pod, AddressFamily? family) =>
        pod.HostNetwork ? new FlowPeer(null, family is { } known ? pod.Address(known) : pod.Addresses[0]) : new FlowPeer(pod, family is { } of ? pod.Address(of) : null);

    /// <summary>Ports on both sides of every edge that a rule or a port name makes.</summary>
    private static int[] Boundaries(RuleGraph graph)
    {
        var edges = graph.Rules.SelectMany(r => r.Ports).OfType<PortMatch.Range>().SelectMany(r => new int[] { r.First, r.Last })
            .Concat(graph.Cluster.Endpoints.SelectMany(e => e.NamedPorts).Select(p => (int)p.Number)).Append(1).Append(ushort.MaxValue);
        return [.. edges.SelectMany(e => new[] { e - 1, e, e + 1 }).Where(p => p is > 0 and <= ushort.MaxValue).Distinct().Order()];
    }

    /// <summary>Both ends of every block and exception and their neighbours, nodes and names, as far as they are no pod's; IPv6 if a row can be of it.</summary>
    private static List<IpAddress> Addresses(PolicyTables tables)
    {
        var graph = tables.Graph;
        var withIPv6 = tables.Identities.IpCache.Any(e => e.Prefix.Family == AddressFamily.IPv6);
        var blocks = graph.Rules.SelectMany(r => r.Peers).OfType<Peer.Cidr>().Select(p => p.Block).ToList();
        var edges = blocks.SelectMany(b => b.Except.Prepend(b.Cidr)).Append(IpPrefix.Parse("0.0.0.0/0"))
            .Concat(withIPv6 ? [IpPrefix.Parse("::/0")] : []);
        return
        [
            .. edges.SelectMany(p => new[] { p.Address, p.Last }.SelectMany(a => new[] { -1, 0, 1 }.Select(d => a with
                {
                    Value = (a.Value + (UInt128)(Int128)d) & new IpPrefix(a with { Value = UInt128.Zero }, 0).Last.Value,
                })))
                .Concat(graph.NodesByAddress.Keys).Concat(graph.NamesByAddress.Select(n => n.Key))
                .Where(a => graph.EndpointAt(a) is null && (withIPv6 || a.Family == AddressFamily.IPv4)).Distinct(),
        ];
    }
}
