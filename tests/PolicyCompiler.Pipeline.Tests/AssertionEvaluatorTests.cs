using PolicyCompiler.Assertions;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;

namespace PolicyCompiler.Pipeline.Tests;

public sealed class AssertionEvaluatorTests
{
    /// <summary>Web pods of one label on two numbers; a client that may reach one port of them, and the canary on no other.</summary>
    private const string Shop = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: client}}}]
            ports: [{port: 80, endPort: 90}]
          - from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.128/25]}}]
            ports: [{port: 80}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: canary, namespace: shop}
        spec:
          podSelector: {matchLabels: {track: canary}}
          ingress:
          - ports: [{port: 80}]
        ---
        {apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 172.16.0.1}]}}
        ---
        {apiVersion: v1, kind: Node, metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 172.16.0.2}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.1, selector: {app: web}, ports: [{name: http, port: 8080, targetPort: 80}, {name: admin, port: 9090, targetPort: 91}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: none, namespace: shop}, spec: {clusterIP: 10.96.0.2, selector: {app: none}, ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: edge, namespace: shop}, spec: {type: LoadBalancer, clusterIP: 10.96.0.3, selector: {app: web}, ports: [{port: 443, targetPort: 80, nodePort: 30443}]}, status: {loadBalancer: {ingress: [{ip: 198.51.100.7}]}}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: agent, namespace: shop, labels: {app: agent}}, spec: {nodeName: n1, hostNetwork: true}, status: {podIP: 172.16.0.1}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: other, namespace: shop}, status: {podIP: 10.0.0.4}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web-1, namespace: shop, labels: {app: web}}, spec: {nodeName: n1}, status: {podIP: 10.0.0.1}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web-2, namespace: shop, labels: {app: web, track: canary}}, spec: {nodeName: n1}, status: {podIP: 10.0.0.2}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}}, status: {podIP: 10.0.0.3}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: six, namespace: shop, labels: {app: six}}, status: {podIP: "2001:db8::6"}}
        """;

    private static readonly PolicyTables Tables = Compile(Shop);

    [Theory]
    [InlineData("allow from pod shop/client to workload shop/web-1 on TCP 80-90")]
    [InlineData("allow from pod shop/client to pods in shop where app = web on TCP 80, 85, 90")]
    [InlineData("allow from any pods to pods where app = web on TCP 90 because shop/web ingress[0]")]
    [InlineData("deny from pods where app = six to any pods where app = web on TCP 80")]
    [InlineData("allow from all pods where app in (six, client) to any pods where app = web on TCP 80")]
    [InlineData("deny from pod shop/client to pods where app = web on TCP 1-79, 91-65535, UDP, ICMP")]
    [InlineData("allow from cidr 203.0.113.0/25 to pod shop/web-1 on TCP 80")]
    [InlineData("deny from world except 203.0.113.0/25 to pod shop/web-1")]
    [InlineData("allow from anything to pod shop/web-2 on TCP 80 because NetworkPolicy shop/canary")]
    [InlineData("only pods where app = client, 203.0.113.0/25 may reach pod shop/web-1")]
    [InlineData("allow from node n1 to pod shop/web-1 because node-local")]
    [InlineData("deny from nodes except node n1 to pod shop/web-1 because default-deny")]
    [InlineData("deny from nodes except node n1 to pod shop/web-1 because shop/web")]
    [InlineData("allow from pod shop/client to service shop/web on TCP 8080")]
    [InlineData("deny from pod shop/client to service shop/web on TCP 9090")]
    [InlineData("allow from pod shop/client to ip 10.96.0.1 on TCP 8080")]
    [InlineData("deny from pod shop/client to ip 10.96.0.1 on TCP 9090")]
    [InlineData("allow from pod shop/client to ip 198.51.100.7")]
    [InlineData("allow from pod shop/other to ip 198.51.100.7 on TCP 444")]
    [InlineData("allow from pod shop/other to any ip 198.51.100.7 on TCP 443")]
    [InlineData("allow from pod shop/client to node n1 on TCP 30443")]
    [InlineData("allow from pod shop/other to nodes on TCP 30442, 30444")]
    [InlineData("allow from pod shop/other to cidr 198.51.100.0/24 on TCP 443")]
    [InlineData("allow from pod shop/web-1 to pod shop/web-1 because loopback")]
    [InlineData("deny from pods where app = web to pods where app = web on TCP 81")]
    [InlineData("allow from pod shop/six to cidr ::/0 because not-isolated")]
    [InlineData("allow from world to ip 192.0.2.1 because not-enforced")]
    [InlineData("allow from ip 10.0.0.3 to ip 10.0.0.1 on TCP 80")]
    [InlineData("deny from host to pod shop/web-1 on UDP 1 because shop/web", false)]
    [InlineData("allow from remote-node to pod shop/web-2 on TCP 80")]
    public void Holds(string assertion, bool holds = true) =>
        Assert.Equal(holds ? AssertionOutcome.Passed : AssertionOutcome.Failed, Evaluate(assertion).Outcome);

    [Theory]
    [InlineData("allow from pod shop/client to pod shop/web-1", "NP6101", "shop/client -> shop/web-1 TCP/1 is denied: ingress default-deny")]
    [InlineData("allow from pod shop/client to pods where app = web on TCP 80-91", "NP6101", "shop/client -> shop/web-1 TCP/91 is denied: ingress default-deny")]
    [InlineData("deny from 203.0.113.0/24 to pods where app = web, !track on TCP 79-81", "NP6101", "203.0.113.0 -> shop/web-1 TCP/80 is allowed: egress not-enforced and ingress NetworkPolicy shop/web ingress[1]")]
    [InlineData("deny from 203.0.113.128/25 to pods where app = web", "NP6101", "203.0.113.128 -> shop/web-2 TCP/80 is allowed: egress not-enforced and ingress NetworkPolicy shop/canary ingress[0]")]
    [InlineData("allow from any pods where app = six to pods where app = web on UDP 1", "NP6101", "no member will do; of one, shop/six -> shop/web-1 UDP/1 is denied: ingress default-deny")]
    [InlineData("only pod shop/client may reach pod shop/web-1", "NP6101", "203.0.113.0 -> shop/web-1 TCP/80 is allowed: egress not-enforced and ingress NetworkPolicy shop/web ingress[1]")]
    [InlineData("deny from pod shop/client to service shop/web", "NP6101", "shop/client -> shop/web-1 TCP/80 (through service shop/web) is allowed: egress not-isolated and ingress NetworkPolicy shop/web ingress[0]")]
    [InlineData("allow from pod shop/other to ip 10.96.0.1 on TCP 8080", "NP6101", "shop/other -> shop/web-1 TCP/80 (through service shop/web) is denied: ingress default-deny")]
    [InlineData("allow from pod shop/other to ip 198.51.100.7 on TCP 443", "NP6101", "shop/other -> shop/web-1 TCP/80 (through service shop/edge) is denied: ingress default-deny")]
    [InlineData("allow from pod shop/other to nodes on TCP 30443", "NP6101", "shop/other -> shop/web-1 TCP/80 (through service shop/edge) is denied: ingress default-deny")]
    [InlineData("allow from pod shop/client to ip 10.96.0.1 on TCP 4444", "NP6105", "service shop/web has none of the ports that are asked about; it has TCP 8080, TCP 9090")]
    [InlineData("allow from pod shop/client to cidr 10.96.0.1/32 on TCP 8080", "NP6103", "the destination is nobody in this cluster, so that nothing is checked; correct it, or write 'optional' before it")]
    [InlineData("deny from pod shop/client to pods where app = web except ip 198.51.100.7", "NP6103", "the destination is nobody in this cluster, so that nothing is checked; correct it, or write 'optional' before it")]
    [InlineData("deny from ip 198.51.100.7 to pod shop/web-1", "NP6108", "service shop/edge opens no connections; name the pods behind it")]
    [InlineData("deny from cidr 198.51.100.7/32 to pod shop/web-1", "NP6103", "the source is nobody in this cluster, so that nothing is checked; correct it, or write 'optional' before it")]
    [InlineData("allow from pod shop/client to pod shop/web-2 on TCP 80-81 because shop/canary", "NP6102", "shop/client -> shop/web-2 TCP/81 is allowed as it should be, but because of egress not-isolated and ingress NetworkPolicy shop/web ingress[0] and not of shop/canary")]
    [InlineData("deny from pods where app = clinet to pods", "NP6103", "the source is nobody in this cluster, so that nothing is checked; correct it, or write 'optional' before it")]
    [InlineData("only pods where app = clinet may reach pods", "NP6103", "the source is nobody in this cluster, so that nothing is checked; correct it, or write 'optional' before it")]
    [InlineData("deny from pods to cidr 10.0.0.1/32", "NP6103", "the destination is nobody in this cluster, so that nothing is checked; correct it, or write 'optional' before it")]
    [InlineData("deny from pods where app = agent to pods", "NP6103", "the source is nobody in this cluster (only host-network pods have these labels, and no selector matches them; name the pod, or its node by 'node' or 'ip'), so that nothing is checked; correct it, or write 'optional' before it")]
    [InlineData("deny from pods to service shop/none", "NP6103", "the destination is nobody in this cluster, so that nothing is checked; correct it, or write 'optional' before it")]
    [InlineData("deny from pod shop/clinet to pods", "NP6104", "no pod 'shop/clinet' in the input; did you mean \"shop/client\"?")]
    [InlineData("deny from workload shop/unheard-of to pods in shp", "NP6104", "no workload 'shop/unheard-of' in the input")]
    [InlineData("deny from pods to service shop/wab", "NP6104", "no service 'shop/wab' in the input; did you mean \"shop/web\"?")]
    [InlineData("deny from node n3 to pods", "NP6104", "no node 'n3' in the input; did you mean \"n1\"?")]
    [InlineData("deny from pods to service shop/web on TCP 80", "NP6105", "service shop/web has none of the ports that are asked about; it has TCP 8080, TCP 9090")]
    [InlineData("deny from pod shop/client to 2001:db8::/32", "NP6106", "there is no flow between the ends: they have no address family in common")]
    [InlineData("deny from pod shop/client to world over IPv6", "NP6106", "there is no flow between the ends: they have no address family in common that is IPv6")]
    [InlineData("deny from pod shop/client to pod shop/web-1 because shop/wbe", "NP6107", "no policy 'shop/wbe' in the input; did you mean \"shop/web\"?")]
    [InlineData("deny from pod shop/client to pod shop/web-1 because shop/web ingress[2]", "NP6107", "no rule 'shop/web ingress[2]' in the input; the policy has ingress[0], ingress[1]")]
    [InlineData("deny from service shop/web to pods", "NP6108", "service shop/web opens no connections; name the pods behind it")]
    public void Says_what_is_wrong(string assertion, string code, string message)
    {
        var result = Evaluate(assertion.Replace("where app = web, !track", "where app = web and !track", StringComparison.Ordinal));
        Assert.Equal(AssertionOutcome.Failed, result.Outcome);
        var finding = result.Diagnostics[0];
        Assert.Equal(code, finding.Code);
        Assert.EndsWith(message, finding.Message, StringComparison.Ordinal);
        Assert.True(finding.Span.IsKnown);
        Assert.Equal(code is "NP6101" or "NP6102", result.Counterexample is not null);
    }

    [Theory]
    [InlineData("deny from optional pods where app = none to pods")]
    [InlineData("deny from pods to optional service other/web")]
    public void An_optional_end_that_is_empty_is_skipped(string assertion)
    {
        var result = Evaluate(assertion);
        Assert.Equal(AssertionOutcome.Skipped, result.Outcome);
        Assert.Equal("NP6109", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void A_counterexample_can_be_asked_about()
    {
        var flow = Evaluate("allow from pod shop/client to service shop/web on TCP 9090").Counterexample!;
        Assert.Equal(("shop/client", "service:shop/web", 9090), (flow.Request.From, flow.Request.To, flow.Request.Port));
        Assert.Equal(2, flow.Answers.Length);
        var outside = Evaluate("only pod shop/client may reach pod shop/web-1 on TCP 80").Counterexample!;
        Assert.Equal(("ip:203.0.113.0", "shop/web-1", 80), (outside.Request.From, outside.Request.To, outside.Request.Port));
    }

    [Fact]
    public void Witnesses_show_every_pair_of_decisions_once()
    {
        var suite = Read("allow from pod shop/client to pods where app = web on TCP 80, 81\n  allow from 203.0.113.0/24 to pod shop/web-2 on TCP 80");
        var results = new AssertionEvaluator(Tables, collectWitnesses: true).Evaluate(suite).Single().Assertions;
        Assert.Equal(
            ["shop/client -> shop/web-1 TCP/80", "shop/client -> shop/web-2 TCP/80"],
            results[0].Witnesses.Select(w => w.Flow.ToString()).Order(StringComparer.Ordinal).Take(2));
        Assert.All(results, r => Assert.Equal(r.Witnesses.Length, r.Witnesses.DistinctBy(w => (w.Egress.Rule?.Id, w.Ingress.Rule?.Id, w.Ingress.Reason)).Count()));
        Assert.Empty(Evaluate("allow from pod shop/client to pod shop/web-1 on TCP 80").Witnesses);
    }

    [Theory]
    [InlineData("required", AssertionOutcome.Passed)]
    [InlineData("test-always-fail", AssertionOutcome.Failed)]
    public void An_authentication_that_always_fails_allows_nothing(string mode, AssertionOutcome expected)
    {
        var tables = Compile("""
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              endpointSelector: {matchLabels: {app: db}}
              ingress: [{fromEndpoints: [{matchLabels: {app: web}}], authentication: {mode: MODE}}]
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, status: {podIP: 10.0.0.1}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}, status: {podIP: 10.0.0.2}}
            """.Replace("MODE", mode, StringComparison.Ordinal));
        var suite = Read("allow from pod shop/web to pod shop/db on TCP 80");
        Assert.Equal(expected, Assert.Single(Assert.Single(new AssertionEvaluator(tables).Evaluate(suite)).Assertions).Outcome);
    }

    private static AssertionResult Evaluate(string assertion) =>
        Assert.Single(Assert.Single(new AssertionEvaluator(Tables).Evaluate(Read(assertion))).Assertions);

    private static AssertionSuite Read(string assertion)
    {
        var read = FlowFileReader.Read(new SourceText("t.flow", "t.flow", $"test \"t\" {{\n  {assertion}\n}}"));
        Assert.Empty(read.Diagnostics);
        return read.Value!;
    }

    private static PolicyTables Compile(string yaml)
    {
        var input = InputReader.Read([new SourceText("p.yaml", "p.yaml", yaml)]);
        Assert.True(input.Succeeded, string.Join('\n', input.Diagnostics));
        return PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input.Value!, new GraphOptions()).Value!).Value!;
    }
}
