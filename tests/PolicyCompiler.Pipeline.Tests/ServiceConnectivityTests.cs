using CsCheck;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Kernel;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>The listing of services = what the policies mean at the backends, for the cases and for random policies.</summary>
public sealed class ServiceConnectivityTests
{
    private const ushort ServicePortNumber = 9999;

    [Fact]
    public void TheRowsOfTheCasesAreWhatThePoliciesMeanAtTheBackends()
    {
        var checkedServices = 0;
        foreach (var name in Repository.ValidCases)
        {
            var compilation = new CompilePipeline(new LlvmCodeGenerator(), new LibbpfVerifier(), Stream.Null)
                .Compile(new CompileRequest([Repository.CasePath(name)], new GraphOptions(), CompileStage.Tables));
            checkedServices += Check(compilation.Tables!);
        }

        Assert.True(checkedServices > 10, $"{checkedServices} services");
    }

    /// <summary>A service before all pods of a namespace, by number or by name of the port.</summary>
    [Fact]
    public void TheRowsOfRandomPoliciesAreWhatThePoliciesMeanAtTheBackends() => Gen.Select(Generators.Input, Gen.Int[1, 3], Gen.Bool).Sample(
        (input, every, isNamed) => Check(Tables(input with { Cluster = WithServices(input.Cluster, every, isNamed) })),
        iter: 60);

    [Fact]
    public void ABackendThatRefusesMakesAPortPartlyOpen()
    {
        var tables = Compile("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: canary, namespace: a}
            spec:
              podSelector: {matchLabels: {track: canary}}
              ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: a}, spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}, {name: b, port: 81, targetPort: absent}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: a}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web-1, namespace: a, labels: {app: web}}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web-2, namespace: a, labels: {app: web, track: canary}}}
            """);
        Assert.Equal(
            [
                "0.0.0.0-192.0.1.255[External] > a/web[Service]: TCP 80 (TCP 80)",
                "192.0.2.0-192.0.2.255[External] > a/web[Service]: TCP 80 ()",
                "192.0.3.0-255.255.255.255[External] > a/web[Service]: TCP 80 (TCP 80)",
                "a/client[Pod] > a/web[Service]: TCP 80 (TCP 80)",
                // Its only other backend refuses.
                "a/web-2[Pod] > a/web[Service]: TCP 80 ()",
            ],
            ConnectivityBuilder.Build(tables).Services.Select(r => $"{r.Source} > {r.Service}: {r.Ports} ({r.Partly})"));
    }

    private static PolicyTables Compile(string text)
    {
        var input = Frontend.InputReader.Read([new SourceText("p.yaml", "p.yaml", text)]);
        Assert.Empty(input.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return Tables(input.Value!);
    }

    private static PolicyTables Tables(CompilerInput input) => PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions()).Value!).Value!;

    private static ClusterView WithServices(ClusterView cluster, int every, bool isNamed) => cluster with
    {
        Services =
        [
            new Service
            {
                Namespace = cluster.Endpoints.Select(e => e.Namespace).FirstOrDefault("default"),
                Name = "s",
                Type = "LoadBalancer",
                ClusterAddresses = [],
                ExternalAddresses = [IpAddress.Parse("198.51.100.7")],
                Selector = LabelSet.Empty,
                Ports = [new ServicePort("p", IpProtocol.Tcp, ServicePortNumber, isNamed ? null : (ushort)80, isNamed ? "http" : null, null)],
                BackendAddresses = [.. cluster.Endpoints.Where((_, i) => i % every == 0).SelectMany(e => e.Addresses)],
                Span = SourceSpan.None,
            },
        ],
    };

    private static int Check(PolicyTables tables)
    {
        var graph = tables.Graph;
        var evaluator = new FlowEvaluator(graph);
        var resolver = new ServiceResolver(graph);
        var rows = ConnectivityBuilder.Build(tables).Services.ToList();
        Assert.Equal(rows.OrderBy(r => r.Source.Text, StringComparer.Ordinal).ThenBy(r => r.Service.Text, StringComparer.Ordinal), rows);
        foreach (var service in graph.Cluster.Services)
        {
            var ends = service.Ports.SelectMany(p => new[] { AddressFamily.IPv4, AddressFamily.IPv6 }.SelectMany(
                f => resolver.Translate(service, f, p.Protocol, p.Port).Backends.Select(b => (Port: p, Family: f, Backend: b)))).ToList();
            foreach (var workload in graph.Cluster.Endpoints.Where(e => !e.IsNode && !e.HostNetwork).GroupBy(ConnectivityEnd.Workload.Of))
            {
                var row = rows.Where(r => r.Source == workload.Key && r.Service.Text == $"{service.Namespace}/{service.Name}[Service]").ToList();
                Assert.True(row.Count <= 1);
                foreach (var port in service.Ports)
                {
                    var open = workload.SelectMany(from => ends
                        .Where(e => e.Port == port && from.Address(e.Family) is not null && (e.Backend.End.Endpoint is not { } to || ConnectivityEnd.Workload.Of(to) != workload.Key))
                        .Select(e => evaluator.Evaluate(new Flow(new FlowPeer(from, from.Address(e.Family)), e.Backend.End, e.Family, port.Protocol, e.Backend.Port)).Allowed)).ToList();
                    var what = $"{workload.Key} -> {service.Name} {port.Port}";
                    Assert.True(open.Contains(true) == (row.Count > 0 && row[0].Ports.Contains(port.Protocol, port.Port)), what);
                    Assert.True(!open.Contains(true) || open.Contains(false) == row[0].Partly.Contains(port.Protocol, port.Port), $"{what} partly");
                }
            }
        }

        return graph.Cluster.Services.Length;
    }
}
