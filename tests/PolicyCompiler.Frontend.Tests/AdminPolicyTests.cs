using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using static PolicyCompiler.Frontend.Tests.Reading;

namespace PolicyCompiler.Frontend.Tests;

public sealed class AdminPolicyTests
{
    [Fact]
    public void Whole_admin_policy()
    {
        var policy = ReadOne(
            """
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: AdminNetworkPolicy
            metadata:
              name: guard
            spec:
              priority: 70
              subject:
                namespaces: {matchLabels: {team: a}}
              ingress:
              - name: from-b
                action: Pass
                from:
                - namespaces: {}
                - pods:
                    namespaceSelector: {matchLabels: {team: b}}
                    podSelector: {matchLabels: {app: web}}
                ports:
                - portNumber: {port: 80}
                - portNumber: {protocol: UDP, port: 53}
                - portRange: {protocol: SCTP, start: 1, end: 9}
                - namedPort: http
              egress:
              - action: Deny
                to:
                - nodes: {matchLabels: {role: db}}
                - networks: [10.0.0.0/8, "2001:db8::/32"]
              - action: Allow
                to:
                - domainNames: [Example.COM., "*.Example.org", a_b.example.net]
            status: {conditions: [{type: Ready}]}
            """);
        Assert.Equal(("AdminNetworkPolicy", "", "guard"), (policy.Kind, policy.Namespace, policy.Name));
        Assert.Equal((4, 9), (policy.Span.Line, policy.Span.Column));
        Assert.Equal((Tier.Admin, 70), (policy.Tier, policy.Priority));
        Assert.Equal((6, 13), (policy.PrioritySpan.Line, policy.PrioritySpan.Column));
        Assert.Equal("team=a", policy.Subject.NamespaceSelector.ToString());
        Assert.True(policy.Subject.PodSelector.IsEverything);

        var ingress = Assert.Single(policy.Ingress);
        Assert.Equal(("from-b", RuleAction.Pass), (ingress.Name, ingress.Action));
        Assert.Equal((10, 5), (ingress.Span.Line, ingress.Span.Column));
        var all = Assert.IsType<AdminPeer.Pods>(ingress.Peers[0]);
        Assert.True(all.Selector.NamespaceSelector.IsEverything && all.Selector.PodSelector.IsEverything);
        var web = Assert.IsType<AdminPeer.Pods>(ingress.Peers[1]);
        Assert.Equal(("team=b", "app=web"), (web.Selector.NamespaceSelector.ToString(), web.Selector.PodSelector.ToString()));
        Assert.Equal(
            [(IpProtocol.Tcp, 80, 80, null), (IpProtocol.Udp, 53, 53, null), (IpProtocol.Sctp, 1, 9, null), (null, 0, 0, "http")],
            ingress.Ports.Select(Ends));

        Assert.Equal([RuleAction.Deny, RuleAction.Allow], policy.Egress.Select(r => r.Action));
        Assert.All(policy.Egress, r => Assert.True(r.Name is null && r.Ports.IsEmpty));
        Assert.Equal("role=db", Assert.IsType<AdminPeer.Nodes>(policy.Egress[0].Peers[0]).Selector.ToString());
        Assert.Equal("10.0.0.0/8 2001:db8::/32", string.Join(' ', Assert.IsType<AdminPeer.Networks>(policy.Egress[0].Peers[1]).Blocks));
        Assert.Equal(
            [("example.com", false), ("**.example.org", true), ("a_b.example.net", false)],
            Assert.IsType<AdminPeer.DomainNames>(policy.Egress[1].Peers[0]).Names.Select(n => (n.Text, n.IsPattern)));
    }

    [Fact]
    public void Cluster_policy_has_its_own_tier_words_and_protocols()
    {
        var policy = ReadOne(
            """
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata: {name: base}
            spec:
              tier: Baseline
              priority: 0
              subject:
                pods: {podSelector: {matchLabels: {app: web}}}
              ingress:
              - action: Accept
                from: [{pods: {podSelector: {}}}]
                protocols:
                - tcp: {destinationPort: {number: 80}}
                - udp: {destinationPort: {range: {start: 1, end: 65535}}}
                - sctp: {destinationPort: {number: 9}}
                - destinationNamedPort: http
              - action: Pass
                from: [{namespaces: {}}]
            """);
        Assert.Equal((AdminPolicy.ClusterKind, Tier.Baseline, 0), (policy.Kind, policy.Tier, policy.Priority));
        Assert.True(policy.Subject.NamespaceSelector.IsEverything);
        Assert.Equal("app=web", policy.Subject.PodSelector.ToString());
        Assert.Equal([RuleAction.Allow, RuleAction.Pass], policy.Ingress.Select(r => r.Action));
        Assert.Equal(
            [(IpProtocol.Tcp, 80, 80, null), (IpProtocol.Udp, 1, 65535, null), (IpProtocol.Sctp, 9, 9, null), (null, 0, 0, "http")],
            policy.Ingress[0].Ports.Select(Ends));
        Assert.Empty(policy.Egress);
    }

    [Fact]
    public void Baseline_policy_has_no_priority()
    {
        var policy = ReadOne(Banp("  egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}]}]"));
        Assert.Equal((AdminPolicy.BaselineKind, "default", Tier.Baseline, 0), (policy.Kind, policy.Name, policy.Tier, policy.Priority));
        Assert.Equal(policy.Span, policy.PrioritySpan);
        Assert.Empty(policy.Ingress);
    }

    [Fact]
    public void Every_list_may_be_as_long_as_its_limit()
    {
        var networks = string.Join(", ", Enumerable.Range(0, 25).Select(i => $"10.{i}.0.0/16"));
        var peers = string.Join(", ", Enumerable.Repeat("{namespaces: {}}", 99));
        var rules = string.Join(", ", Enumerable.Repeat($"{{action: Allow, to: [{{networks: [{networks}]}}, {peers}]}}", 100));
        Assert.Equal(100, ReadOne(Anp($"  egress: [{rules}]")).Egress.Length);
    }

    [Fact]
    public void The_early_form_of_peers_selects_what_it_did()
    {
        var stage = Read(Anp(
            """
              ingress:
              - action: Allow
                from:
                - namespaces: {namespaceSelector: {matchLabels: {team: b}}}
                - pods: {namespaces: {namespaceSelector: {matchLabels: {team: c}}}, podSelector: {matchLabels: {app: web}}}
            """));
        Assert.True(stage.Succeeded);
        Assert.Equal(["NP1320", "NP1320"], stage.Diagnostics.Select(d => d.Code));
        var peers = Assert.IsType<AdminPolicy>(Assert.Single(stage.Value!.Policies.Policies)).Ingress[0].Peers.Cast<AdminPeer.Pods>();
        Assert.Equal(["team=b|{}", "team=c|app=web"], peers.Select(p => $"{p.Selector.NamespaceSelector}|{p.Selector.PodSelector}"));
    }

    [Fact]
    public void One_missing_selector_of_pods_selects_everything_but_not_both()
    {
        var stage = Read(Anp("  ingress: [{action: Deny, from: [{pods: {podSelector: {matchLabels: {a: b}}}}]}]"));
        var peer = Assert.IsType<AdminPeer.Pods>(Assert.IsType<AdminPolicy>(Assert.Single(stage.Value!.Policies.Policies)).Ingress[0].Peers[0]);
        Assert.Equal("{}|a=b", $"{peer.Selector.NamespaceSelector}|{peer.Selector.PodSelector}");
        Assert.Equal(["NP1303", "NP1303"], Read(Anp("  ingress: [{action: Deny, from: [{pods: {}}]}]")).Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Items_of_a_list_in_the_wrong_case_are_read()
    {
        var stage = Read("apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicyList\nItems:\n- metadata: {name: a}\n  spec: {priority: 1, subject: {namespaces: {}}}");
        Assert.True(stage.Succeeded);
        Assert.Equal("a", Assert.Single(stage.Value!.Policies.Policies).Name);
    }

    [Theory]
    [InlineData("AdminNetworkPolicy p is already stated at 0.yaml:4", "NP1026")]
    [InlineData("spec.ingress[0].action: \"Accept\" is not an action of an AdminNetworkPolicy; write Allow, Deny or Pass; Allow is the v1alpha1 word for Accept", "NP1306")]
    [InlineData("spec.ingress[0].from[0]: a peer needs one of the fields namespaces or pods", "NP1307")]
    [InlineData("spec.ingress[0]: an ingress rule needs from, at least one peer; namespaces: {} is every pod", "NP1303")]
    public void Message_says_what_to_do(string message, string code)
    {
        var text = Anp("  ingress: [{action: Accept, from: [{}]}, {action: Deny, from: [{namespaces: {}}]}]");
        var withoutFrom = Anp("  ingress: [{action: Deny}]").Replace("name: p", "name: q", StringComparison.Ordinal);
        Assert.Contains((code, message), Read(text, text, withoutFrom).Diagnostics.Select(d => (d.Code, d.Message)));
    }

    private static AdminPolicy ReadOne(string text) => Assert.IsType<AdminPolicy>(Assert.Single(ReadClean(text).Policies.Policies));

    private static (IpProtocol? Protocol, int First, int Last, string? Name) Ends(AdminPort port) => (port.Protocol, port.First, port.Last, port.Name);
}
