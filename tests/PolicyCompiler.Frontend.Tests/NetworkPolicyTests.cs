using PolicyCompiler.Core.Model;
using static PolicyCompiler.Frontend.Tests.Reading;

namespace PolicyCompiler.Frontend.Tests;

public sealed class NetworkPolicyTests
{
    [Fact]
    public void Whole_policy()
    {
        var policy = ReadPolicy(
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: web
              namespace: shop
              labels: {app.kubernetes.io/name: web}
              annotations: {note: "any text: at all"}
              creationTimestamp: null
            spec:
              podSelector:
                matchLabels: {app: web}
                matchExpressions:
                - {key: tier, operator: NotIn, values: [db, cache]}
                - {key: canary, operator: DoesNotExist}
              policyTypes: [Ingress, Egress]
              ingress:
              - from:
                - podSelector: {}
                  namespaceSelector: {matchLabels: {team: a}}
                - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
                ports:
                - {protocol: UDP, port: 53}
                - {port: http}
                - {port: 8000, endPort: 8100}
                - {}
              egress:
              - {}
            status: {}
            """);
        Assert.Equal(("NetworkPolicy", "shop", "web"), (policy.Kind, policy.Namespace, policy.Name));
        Assert.Equal((4, 9), (policy.Span.Line, policy.Span.Column));
        Assert.Equal("app=web, tier notin (db,cache), !canary", policy.PodSelector.ToString());
        Assert.Equal([NetworkPolicyType.Ingress, NetworkPolicyType.Egress], policy.PolicyTypes);

        var rule = Assert.Single(policy.Ingress);
        Assert.Equal((17, 5), (rule.Span.Line, rule.Span.Column));
        Assert.True(rule.Peers[0].PodSelector!.IsEverything);
        Assert.Equal("team=a", rule.Peers[0].NamespaceSelector!.ToString());
        Assert.Null(rule.Peers[0].IpBlock);
        Assert.Null(rule.Peers[1].PodSelector);
        Assert.Equal("10.0.0.0/8 except 10.1.0.0/16", rule.Peers[1].IpBlock!.ToString());
        Assert.Equal(
            [(IpProtocol.Udp, 53, null, null), (null, null, "http", null), (null, 8000, null, 8100), (null, null, null, null)],
            rule.Ports.Select(p => (p.Protocol, (int?)p.Number, p.Name, (int?)p.EndPort)));
        var egress = Assert.Single(policy.Egress);
        Assert.True(egress.Peers.IsEmpty && egress.Ports.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("spec:")]
    [InlineData("spec: {}")]
    [InlineData("spec: {podSelector: , policyTypes: [], ingress: null, egress: []}")]
    public void Absent_null_and_empty_mean_the_same(string spec)
    {
        var policy = ReadPolicy("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\n" + spec);
        Assert.Equal("default", policy.Namespace);
        Assert.True(policy.PodSelector.IsEverything);
        Assert.True(policy.PolicyTypes.IsEmpty && policy.Ingress.IsEmpty && policy.Egress.IsEmpty);
    }

    [Fact]
    public void Null_rule_allows_as_the_empty_one()
    {
        var rule = Assert.Single(ReadPolicy(Policy("  ingress:\n  -")).Ingress);
        Assert.True(rule.Peers.IsEmpty && rule.Ports.IsEmpty);
    }

    [Fact]
    public void Doubled_policy_type_is_accepted() =>
        Assert.Equal([NetworkPolicyType.Egress, NetworkPolicyType.Egress], ReadPolicy(Policy("  policyTypes: [Egress, Egress]")).PolicyTypes);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("65535", 65535)]
    [InlineData("0x50", 80)]
    [InlineData("0120", 80)]
    [InlineData("8_080", 8080)]
    public void Whole_numbers_are_ports(string written, int number) =>
        Assert.Equal(number, ReadPolicy(Policy($"  ingress: [{{ports: [{{port: {written}}}]}}]")).Ingress[0].Ports[0].Number!.Value);

    [Fact]
    public void End_of_a_range_may_be_its_start()
    {
        var port = ReadPolicy(Policy("  ingress: [{ports: [{port: 80, endPort: 80}]}]")).Ingress[0].Ports[0];
        Assert.Equal(((ushort?)80, (ushort?)80), (port.Number, port.EndPort));
    }

    [Fact]
    public void Null_label_value_is_empty_text() =>
        Assert.Equal([""], ReadPolicy(Policy("  podSelector: {matchLabels: {app: }}")).PodSelector.Requirements[0].Values);

    [Fact]
    public void Host_bits_are_masked()
    {
        var stage = Read(Policy("  egress: [{to: [{ipBlock: {cidr: 10.1.2.3/8}}]}]"));
        Assert.True(stage.Succeeded);
        Assert.Equal("10.0.0.0/8", ((NetworkPolicy)stage.Value!.Policies.Policies[0]).Egress[0].Peers[0].IpBlock!.Cidr.ToString());
    }

    [Fact]
    public void Policies_are_ordered_by_namespace_and_name()
    {
        var texts = new[] { "b/a", "a/b", "B/z", "a/a" }.Select(r => r.Split('/')).Select(r =>
            $"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{namespace: {r[0].ToLowerInvariant()}, name: {r[1]}}}");
        Assert.Equal(["a/a", "a/b", "b/a", "b/z"], ReadClean([.. texts]).Policies.Policies.Select(p => $"{p.Namespace}/{p.Name}"));
    }
}
