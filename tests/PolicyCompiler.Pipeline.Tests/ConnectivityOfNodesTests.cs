using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Exposure;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Addresses of nodes and of names lie in ranges, and cut them where policies tell them apart.</summary>
public sealed class ConnectivityOfNodesTests
{
    private const string Cluster = """
        {apiVersion: v1, kind: Node, metadata: {name: n1, labels: {z: a}}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}}
        ---
        {apiVersion: v1, kind: Node, metadata: {name: n2, labels: {z: b}}, status: {addresses: [{type: InternalIP, address: 192.0.2.2}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: x, namespace: a}, spec: {nodeName: n1}, status: {podIP: 10.0.0.1}}
        ---

        """;

    private const string DenyNode = """
        apiVersion: policy.networking.k8s.io/v1alpha1
        kind: AdminNetworkPolicy
        metadata: {name: k}
        spec: {priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{nodes: {matchLabels: {z: b}}}]}]}
        """;

    /// <summary>The own node is let in anyway, and has no row.</summary>
    [Fact]
    public void ANodeThatPoliciesTellApartCutsARange()
    {
        var tables = Tables(Cluster + DenyNode + """

            ---
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {namespace: a, name: p}
            spec:
              endpointSelector: {}
              ingress: [{fromEntities: [remote-node], toPorts: [{ports: [{port: "9100", protocol: TCP}]}]}]
            """);
        Assert.Equal(
            [
                "192.0.2.2-192.0.2.2[External] > a/x[Pod]: TCP 9100",
                "a/x[Pod] > 0.0.0.0-192.0.2.1[External]: All Connections",
                "a/x[Pod] > 192.0.2.3-255.255.255.255[External]: All Connections",
            ],
            Rows(tables));
        Assert.Contains("192.0.2.2-192.0.2.2[External] Ingress TCP 9100", Exposed(tables));
    }

    [Fact]
    public void TheOwnNodeHasWhatTheAddressesAroundItHave() => Assert.Equal(
        [
            "0.0.0.0-192.0.2.1[External] > a/x[Pod]: TCP 80",
            "192.0.2.3-255.255.255.255[External] > a/x[Pod]: TCP 80",
        ],
        Rows(Tables(Cluster + """
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {namespace: a, name: p}
            spec:
              endpointSelector: {}
              ingress:
              - fromEntities: [host]
                toPorts: [{ports: [{port: "10250", protocol: TCP}]}]
              - fromEntities: [world]
                toPorts: [{ports: [{port: "80", protocol: TCP}]}]
            """)).Where(r => r.EndsWith("a/x[Pod]: TCP 80", StringComparison.Ordinal) || r.Contains("10250", StringComparison.Ordinal)));

    [Fact]
    public void ADenialOfTheOwnNodeIsListed() => Assert.Equal(
        [
            "0.0.0.0-192.0.2.0[External] > a/x[Pod]: TCP 80,443",
            "192.0.2.1-192.0.2.1[External] > a/x[Pod]: TCP 443",
            "192.0.2.2-255.255.255.255[External] > a/x[Pod]: TCP 80,443",
        ],
        Rows(Tables(Cluster + """
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {namespace: a, name: p}
            spec:
              endpointSelector: {}
              ingress: [{fromEntities: [all], toPorts: [{ports: [{port: "80", protocol: TCP}, {port: "443", protocol: TCP}]}]}]
              ingressDeny: [{fromEntities: [host], toPorts: [{ports: [{port: "80", protocol: TCP}]}]}]
            """)).Where(r => r.Contains("> a/x[Pod]", StringComparison.Ordinal)));

    [Fact]
    public void APolicyOfANodeHasASayAboutItsAddress() => Assert.Equal(
        [
            "a/x[Pod] > 0.0.0.0-192.0.2.1[External]: All Connections",
            "a/x[Pod] > 192.0.2.2-192.0.2.2[External]: TCP 22",
            "a/x[Pod] > 192.0.2.3-255.255.255.255[External]: All Connections",
        ],
        Rows(Tables(Cluster + """
            apiVersion: cilium.io/v2
            kind: CiliumClusterwideNetworkPolicy
            metadata: {name: p}
            spec:
              nodeSelector: {matchLabels: {z: b}}
              ingress: [{fromEndpoints: [{}], toPorts: [{ports: [{port: "22", protocol: TCP}]}]}]
            """)).Where(r => r.StartsWith("a/x[Pod] > ", StringComparison.Ordinal)));

    [Fact]
    public void AKnownAddressOfANameHasARow() => Assert.Equal(
        ["a/x[Pod] > 198.51.100.7-198.51.100.7[External]: TCP 443"],
        Rows(Tables(
            Cluster + """
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {namespace: a, name: p}
            spec:
              endpointSelector: {}
              egress: [{toFQDNs: [{matchName: example.org}], toPorts: [{ports: [{port: "443", protocol: TCP}]}]}]
            """,
            new DnsRecord("example.org", [IpAddress.Parse("198.51.100.7")]))).Where(r => r.StartsWith("a/x[Pod] > ", StringComparison.Ordinal)));

    private static List<string> Rows(PolicyTables tables) =>
        [.. ConnectivityBuilder.Build(tables).Rows.Select(r => $"{r.Source} > {r.Destination}: {r.Ports}")];

    private static List<string> Exposed(PolicyTables tables) =>
        [.. ExposureBuilder.Build(tables, ConnectivityBuilder.Build(tables)).Rows.Select(r => $"{r.Peers} {r.Direction} {r.Ports}")];

    private static PolicyTables Tables(string yaml, params DnsRecord[] records)
    {
        var input = InputReader.Read([new SourceText("p.yaml", "p.yaml", yaml)]).Value!;
        input = input with { Cluster = input.Cluster with { DnsRecords = [.. records] } };
        return PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions()).Value!).Value!;
    }
}
