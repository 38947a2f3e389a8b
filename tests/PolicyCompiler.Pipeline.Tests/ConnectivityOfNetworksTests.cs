using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;

namespace PolicyCompiler.Pipeline.Tests;

public sealed class ConnectivityOfNetworksTests
{
    /// <summary>Networks of the SIG's policies match pods by their addresses, which labels do not tell apart.</summary>
    [Fact]
    public void APodIsWhatItsAddressIs()
    {
        var input = InputReader.Read([new SourceText("p.yaml", "p.yaml", """
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: AdminNetworkPolicy
            metadata: {name: p}
            spec:
              priority: 1
              subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: client}}}}
              egress:
              - {name: low, action: Allow, to: [{networks: [10.0.0.0/30]}], ports: [{portNumber: {protocol: TCP, port: 80}}]}
              - {name: rest, action: Deny, to: [{networks: [0.0.0.0/0]}]}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: a, labels: {app: client}}, status: {podIP: 10.0.0.9}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: low, namespace: a}, status: {podIP: 10.0.0.1}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: high, namespace: a}, status: {podIP: 10.0.0.5}}
            """)]).Value!;
        var rows = ConnectivityBuilder.Build(PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions()).Value!).Value!).Rows;
        Assert.Equal(
            ["a/low[Pod]: TCP 80"],
            rows.Where(r => r.Source.Text == "a/client[Pod]" && r.Destination is ConnectivityEnd.Workload).Select(r => $"{r.Destination}: {r.Ports}"));
    }
}
