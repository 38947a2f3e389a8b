using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using static PolicyCompiler.Frontend.Tests.CiliumReading;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>Fields of a Cilium policy, its rules and their peers.</summary>
public sealed class CiliumPolicyTests
{
    [Fact]
    public void Whole_policy()
    {
        var policy = ReadPolicy(
            """
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata:
              name: web
              namespace: shop
            spec:
              endpointSelector:
                matchLabels: {"k8s:app": web, tier: front}
                matchExpressions:
                - {key: "any:env", operator: NotIn, values: [dev]}
              description: what it is for
              labels:
              - {key: team, value: a, source: k8s}
              - {key: plain}
              log: {value: web in}
              enableDefaultDeny: {ingress: false, egress: true}
              ingress:
              - fromEndpoints:
                - {}
                authentication: {mode: required}
              ingressDeny:
              - fromEntities: [world, kube-apiserver]
              egress:
              - toCIDR: [192.0.2.1, 2001:db8::/32]
              egressDeny:
              - toNodes: [{matchLabels: {"node:zone": a}}]
            specs:
            - endpointSelector: {}
              egress: [{}]
            """);
        Assert.Equal(("CiliumNetworkPolicy", "shop", "web", false), (policy.Kind, policy.Namespace, policy.Name, policy.IsClusterwide));
        Assert.Equal((4, 9), (policy.Span.Line, policy.Span.Column));

        var rule = policy.Rules[0];
        Assert.Null(rule.SpecsIndex);
        Assert.Equal((7, 3), (rule.Span.Line, rule.Span.Column));
        Assert.Null(rule.NodeSelector);
        Assert.Equal("k8s:app=web, tier=front, env notin (dev)", rule.EndpointSelector!.ToString());
        Assert.Equal(("what it is for", "web in"), (rule.Description, rule.LogValue));
        Assert.Equal(["k8s:team=a", "unspec:plain="], rule.Labels);
        Assert.Equal((false, true), (rule.DefaultDenyIngress, rule.DefaultDenyEgress));
        Assert.Equal("{}", Assert.Single(rule.Ingress).Endpoints!.Value[0].ToString());
        Assert.Equal(AuthenticationMode.Required, rule.Ingress[0].Authentication);
        Assert.Equal([Entity.World, Entity.KubeApiServer], rule.IngressDeny[0].Entities!.Value.Select(e => e.Entity));
        Assert.Equal((22, 20), (rule.IngressDeny[0].Entities!.Value[0].Span.Line, rule.IngressDeny[0].Entities!.Value[0].Span.Column));
        Assert.Equal(["192.0.2.1/32", "2001:db8::/32"], rule.Egress[0].Cidrs!.Value.Select(b => b.ToString()));
        Assert.Equal("zone=a", rule.EgressDeny[0].Nodes!.Value[0].ToString());

        Assert.Equal(0, policy.Rules[1].SpecsIndex);
        Assert.Null(policy.Rules[1].DefaultDenyEgress);
        var empty = Assert.Single(policy.Rules[1].Egress);
        Assert.True(empty is { Endpoints: null, Cidrs: null, CidrSets: null, Entities: null, Nodes: null, Services: null, Names: null });
        Assert.True(empty is { ToPorts.IsEmpty: true, Icmps.IsEmpty: true, Authentication: null });
    }

    [Fact]
    public void Cluster_wide_policy_is_in_no_namespace_and_may_select_nodes()
    {
        var policy = ReadPolicy(
            "apiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: {name: p}\n"
            + "spec:\n  nodeSelector: {matchLabels: {\"k8s:role\": edge, zone: a}}\n  ingress: [{}]");
        Assert.Equal((true, ""), (policy.IsClusterwide, policy.Namespace));
        Assert.Equal("role=edge, zone=a", policy.Rules[0].NodeSelector!.ToString());
        Assert.Null(policy.Rules[0].EndpointSelector);
    }

    [Fact]
    public void Policies_may_be_items_of_a_list() => Assert.Equal(
        "a",
        ReadPolicy("apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicyList\nitems:\n- metadata: {name: a}\n  spec: {endpointSelector: {}, egress: [{}]}").Name);

    [Theory]
    [InlineData("app", "any", "app")]
    [InlineData("\"any:app\"", "any", "app")]
    [InlineData("\"k8s:example.com/app\"", "k8s", "example.com/app")]
    [InlineData("\"reserved:host\"", "reserved", "host")]
    [InlineData("reserved.init", "reserved", "init")]
    [InlineData("\"cidr:10.0.0.0/8\"", "cidr", "10.0.0.0/8")]
    [InlineData("\"cidr:2001-db8--0/32\"", "cidr", "2001-db8--0/32")]
    [InlineData("\"cidrgroup:io.cilium.policy.cidrgroupname/a\"", "cidrgroup", "io.cilium.policy.cidrgroupname/a")]
    [InlineData("\"container:id\"", "container", "id")]
    public void Key_is_split_at_its_first_colon(string written, string source, string key)
    {
        var selector = ReadEgress($"{{toEndpoints: [{{matchLabels: {{{written}: \"\"}}}}]}}").Endpoints!.Value[0];
        Assert.Equal((source, key), (selector.Requirements[0].Source, selector.Requirements[0].Requirement.Key));
    }

    [Theory]
    [InlineData("{toEndpoints: []}")]
    [InlineData("{toCIDR: []}")]
    [InlineData("{toCIDRSet: []}")]
    [InlineData("{toEntities: []}")]
    [InlineData("{toNodes: []}")]
    public void Empty_list_of_peers_is_not_an_absent_one(string item)
    {
        var read = ReadEgress(item);
        var lists = new[] { read.Endpoints?.Length, read.Cidrs?.Length, read.CidrSets?.Length, read.Entities?.Length, read.Nodes?.Length };
        Assert.Equal([0], lists.OfType<int>());
    }

    [Fact]
    public void Null_list_of_peers_is_absent() => Assert.Null(ReadEgress("{toEndpoints: null, toCIDR: null}").Endpoints);

    [Fact]
    public void Blocks_of_a_set()
    {
        var sets = ReadEgress(
            "{toCIDRSet: [{cidr: 10.0.0.0/8, except: [10.0.0.0/8, 10.1.0.0/16]}, {cidrGroupRef: g, except: [192.0.2.0/24]}, {cidrGroupSelector: {matchLabels: {a: b}}}]}")
            .CidrSets!.Value;
        Assert.Equal(["10.0.0.0/8", "10.1.0.0/16"], sets[0].Except.Select(e => e.ToString()));
        Assert.Equal((IpPrefix.Parse("10.0.0.0/8"), null, null), (sets[0].Cidr!.Value, sets[0].GroupName, sets[0].GroupSelector));
        Assert.Equal((null, "g"), (sets[1].Cidr, sets[1].GroupName));
        Assert.Single(sets[1].Except);
        Assert.Equal("a=b", sets[2].GroupSelector!.ToString());
    }

    [Fact]
    public void Every_entity_has_its_name()
    {
        var names = string.Join(", ", Entities.AllNames);
        Assert.Equal(Enum.GetValues<Entity>(), ReadEgress($"{{toEntities: [{names}]}}").Entities!.Value.Select(e => e.Entity));
    }

    [Fact]
    public void Services_by_name_and_by_selector()
    {
        var services = ReadEgress(
            "{toServices: [{k8sService: {serviceName: a, namespace: shop}}, {k8sServiceSelector: {selector: {matchLabels: {\"k8s:head\": none}}}}]}")
            .Services!.Value;
        Assert.Equal(("a", null, "shop"), (services[0].Name, services[0].Selector, services[0].Namespace));
        Assert.Equal((null, "head=none", ""), (services[1].Name, services[1].Selector!.ToString(), services[1].Namespace));
    }

    [Theory]
    [InlineData("matchName: Example.COM.", "example.com", false)]
    [InlineData("matchName: _srv.a-b.c", "_srv.a-b.c", false)]
    [InlineData("matchPattern: \"**.Example.com\"", "**.example.com", true)]
    [InlineData("matchPattern: \"sub*.example.com.\"", "sub*.example.com", true)]
    [InlineData("matchPattern: \"*\"", "*", true)]
    [InlineData("matchPattern: \"**.\"", "*", true)]
    public void Names_are_compared_in_lower_case_without_the_last_dot(string name, string text, bool isPattern)
    {
        var pattern = Assert.Single(ReadEgress($"{{toFQDNs: [{{{name}}}]}}").Names!.Value);
        Assert.Equal((text, isPattern), (pattern.Text, pattern.IsPattern));
    }

    [Theory]
    [InlineData("disabled", AuthenticationMode.Disabled)]
    [InlineData("required", AuthenticationMode.Required)]
    [InlineData("test-always-fail", AuthenticationMode.TestAlwaysFail)]
    public void Modes_of_authentication(string written, AuthenticationMode mode) =>
        Assert.Equal(mode, ReadEgress($"{{authentication: {{mode: {written}}}}}").Authentication);

    [Fact]
    public void Old_name_of_authentication_is_read_with_a_warning()
    {
        var stage = Reading.Read(Egress("{toEndpoints: [{}], auth: {type: \"null\"}}"));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(stage.Diagnostics).Severity);
        Assert.Equal(AuthenticationMode.Disabled, ((CiliumPolicy)stage.Value!.Policies.Policies[0]).Rules[0].Egress[0].Authentication);
    }

    [Fact]
    public void Groups_of_blocks_are_ordered_by_name()
    {
        var groups = Reading.ReadClean(
            "apiVersion: cilium.io/v2\nkind: CiliumCIDRGroup\nmetadata: {name: b, labels: {a: b}}\nspec: {externalCIDRs: [192.0.2.1, 10.0.0.0/8]}",
            "apiVersion: cilium.io/v2alpha1\nkind: CiliumCIDRGroup\nmetadata: {name: a}\nspec: {externalCIDRs: []}").Cluster.CidrGroups;
        Assert.Equal(["a", "b"], groups.Select(g => g.Name));
        Assert.Equal(["192.0.2.1/32", "10.0.0.0/8"], groups[1].Blocks.Select(b => b.ToString()));
        Assert.Equal("b", groups[1].Labels.Find("a"));
        Assert.Equal((3, 18), (groups[1].Span.Line, groups[1].Span.Column));
    }

    [Theory]
    [InlineData("fromEndpoint: []", "spec.ingress[0].fromEndpoint: an item of ingress has no field \"fromEndpoint\"; did you mean \"fromEndpoints\"?")]
    [InlineData("fromEntities: [hosts]", "spec.ingress[0].fromEntities[0]: \"hosts\" is not an entity; did you mean \"host\"?")]
    [InlineData("fromCIDR: [], fromNodes: []", "spec.ingress[0].fromNodes: fromNodes cannot be combined with fromCIDR in one rule; make two items of them")]
    [InlineData("fromEndpoints: [{matchLabels: {\"k8:a\": b}}]", "spec.ingress[0].fromEndpoints[0].matchLabels.k8:a: \"k8:a\" is not a label key: \"k8\" is not a source of labels, such as k8s or reserved; did you mean \"k8s\"?")]
    public void Message_names_the_field_and_says_what_to_do(string item, string message) =>
        Assert.Equal(message, Assert.Single(Reading.Read(Ingress($"{{{item}}}")).Diagnostics).Message);
}
