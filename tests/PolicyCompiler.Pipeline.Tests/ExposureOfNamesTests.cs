using System.Collections.Immutable;
using CsCheck;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Exposure;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>What is said of names = what explain says of them, whatever their addresses turn out to be.</summary>
public sealed class ExposureOfNamesTests
{
    private const string Policy = """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {namespace: a, name: p}
        spec:
          endpointSelector: {}
          egress:
          - toFQDNs: [{matchName: a.com}]
            toPorts: [{ports: [{port: "443", protocol: TCP}, {port: "8443", protocol: TCP}]}]
          - toEntities: [world]
            toPorts: [{ports: [{port: "80", protocol: TCP}]}]
          egressDeny:
          - toCIDR: [BLOCK]
            toPorts: [{ports: [{port: "443", protocol: TCP}]}]
        ---

        """;

    [Theory]
    [InlineData("0.0.0.0/0", "10.0.0.1", "TCP 80,8443", "TCP 80,8443")]
    [InlineData("192.0.2.0/24", "10.0.0.1", "TCP 80,8443", "TCP 80,443,8443")]
    [InlineData("0.0.0.0/0", "10.0.0.1, 2001:db8::1", "TCP 80,8443", "TCP 80,443,8443")]
    [InlineData("::/0", "10.0.0.1", "TCP 80,443,8443", "TCP 80,443,8443")]
    [InlineData("::/0", "2001:db8::1", "TCP 80,8443", "TCP 80,8443")]
    public void WhatABlockIsDeniedIsNotOpenToEveryAddress(string block, string podIps, string every, string some)
    {
        var pod = $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: x, namespace: a}
            status: {podIP: "{{podIps.Split(", ")[0]}}", podIPs: [{{string.Join(", ", podIps.Split(", ").Select(i => $"{{ip: \"{i}\"}}"))}}]}
            """;
        var row = Named(Tables(InputReader.Read([new SourceText("p.yaml", "p.yaml", Policy.Replace("BLOCK", block, StringComparison.Ordinal) + pod)]).Value!)).Single();
        Assert.Equal((every, some), (row.Ports.ToString(), row.Some.ToString()));
    }

    [Fact]
    public void NamesAreExposedAsExplainSays() => MixedGenerators.PlainInput.Sample(
        input =>
        {
            var tables = Tables(input);
            var graph = tables.Graph;
            var rows = Named(tables).ToLookup(r => r.End.Text, StringComparer.Ordinal);
            var (explainer, evaluator) = (new FlowExplainer(graph), new FlowEvaluator(graph));
            var unknown = CiliumGenerators.DnsNames.Where(n => graph.Cluster.DnsRecords.All(r => r.Name != n)).ToList();
            foreach (var pod in graph.Cluster.Endpoints.Where(e => !e.IsNode && !e.HostNetwork && !e.Addresses.IsEmpty))
            {
                var patterns = graph.PoliciesFor(pod).SelectMany(p => p.Rules).Where(r => r.Direction == Direction.Egress).SelectMany(r => r.Peers).OfType<Peer.Names>()
                    .Select(n => n.Pattern).Distinct().ToList();
                Assert.True(patterns.Count > 0 || !rows[$"{pod.Reference}[Pod]"].Any());
                foreach (var pattern in patterns)
                {
                    var row = rows[$"{pod.Reference}[Pod]"].SingleOrDefault(r => r.Peers.Equals(new ExposedTo.Named(pattern)));
                    foreach (var name in unknown.Where(n => NamePatternMatcher.Matches(pattern, n)))
                    {
                        Compare(pod, name, row, isExact: !pattern.IsPattern);
                    }
                }
            }

            void Compare(Endpoint pod, string name, ExposureRow? row, bool isExact)
            {
                foreach (var (protocol, port) in IpProtocols.Transport.SelectMany(p => Ports(graph), (p, port) => (p, port)))
                {
                    var explained = pod.Addresses.Select(a =>
                        explainer.Explain(new FlowRequest(pod.Reference, $"dns:{name}", protocol, port, a.Family)).Value!.Answers.Single().Decision.Egress.Allowed);
                    var resolved = pod.Addresses.SelectMany(a => Outside(graph, a.Family), (own, a) => evaluator.EvaluateSide(
                        new Flow(new FlowPeer(pod, own), new FlowPeer(null, a) { Name = name }, a.Family, protocol, port), Direction.Egress).Allowed);
                    var answers = explained.Concat(resolved).ToList();
                    var (every, some) = (row?.Ports.Contains(protocol, port) ?? false, row?.Some.Contains(protocol, port) ?? false);
                    var what = $"{pod} -> {name} {protocol.Name()}/{port}: said {row?.Ports}, some {row?.Some}";
                    Assert.True(!every || answers.TrueForAll(a => a), what);
                    Assert.True(!isExact || every || !answers.TrueForAll(a => a), what);
                    Assert.True(!some || answers.Contains(true), what);
                }
            }
        },
        iter: 60);

    private static List<ExposureRow> Named(PolicyTables tables) =>
        [.. ExposureBuilder.Build(tables, ConnectivityBuilder.Build(tables)).Rows.Where(r => r.Peers is ExposedTo.Named)];

    private static IEnumerable<int> Ports(RuleGraph graph) => graph.Rules.SelectMany(r => r.Ports).OfType<PortMatch.Range>()
        .SelectMany(r => new[] { r.First, r.Last, r.Last + 1 }).Append(1).Where(p => p is > 0 and <= ushort.MaxValue).Distinct();

    /// <summary>Both ends of every block and their neighbours, as far as nobody has them.</summary>
    private static List<IpAddress> Outside(RuleGraph graph, AddressFamily family)
    {
        var everything = new IpPrefix(new IpAddress(family, UInt128.Zero), 0);
        return
        [
            .. graph.Rules.SelectMany(r => r.Peers).OfType<Peer.Cidr>().SelectMany(p => p.Block.Except.Prepend(p.Block.Cidr)).Where(p => p.Family == family).Append(everything)
                .SelectMany(p => new[] { p.Address, p.Last, p.Address with { Value = (p.Address.Value - 1) & everything.Last.Value }, p.Last with { Value = (p.Last.Value + 1) & everything.Last.Value } })
                .Where(a => graph.EndpointAt(a) is null && graph.NodeAt(a) is null && !graph.NamesByAddress[a].Any()).Distinct(),
        ];
    }

    private static PolicyTables Tables(CompilerInput input) =>
        PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions()).Value!).Value!;
}
