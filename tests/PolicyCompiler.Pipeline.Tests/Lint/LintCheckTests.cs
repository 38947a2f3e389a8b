using PolicyCompiler.Core.Lint;
using static PolicyCompiler.Pipeline.Tests.Lint.Linting;

namespace PolicyCompiler.Pipeline.Tests.Lint;

/// <summary>Each check with a policy that it finds, and one close to it that is fine.</summary>
public sealed class LintCheckTests
{
    private const string Web = "podSelector: {matchLabels: {app: web}}\n";

    private const string FromApi = "- from: [{podSelector: {matchLabels: {app: api}}}]\n  ports: [{port: 80}]";

    [Fact]
    public void ARuleThatAnotherContains()
    {
        const string broad = "- from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [api, db]}]}}]\n  ports: [{port: 80}, {port: http}]";
        Assert.Equal("NP8001@7", Codes(Policy($"{Web}ingress:\n{FromApi}\n{broad}")));
        Assert.Equal("NP8001@9", Codes(Policy($"{Web}ingress:\n{broad}\n{FromApi}")));
        var found = Check(Policy($"{Web}ingress:\n{FromApi}\n{broad}")).Single();
        Assert.Equal((LintScope.AnyPods, "ingress[1]"), (found.Redundancy!.Scope, found.Redundancy.By.Single().Place));
        Assert.Contains("NetworkPolicy shop/p ingress[1] (policy.yaml:9)", found.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("", Codes(Policy($"{Web}ingress:\n{FromApi}\n{broad.Replace("api, db", "db", StringComparison.Ordinal)}")));
    }

    [Fact]
    public void OfTwoEqualRulesTheLaterIsFound() => Assert.Equal("NP8001@9", Codes(Policy($"{Web}ingress:\n{FromApi}\n{FromApi}")));

    [Fact]
    public void ARuleThatOnlyThesePodsMakeRedundant()
    {
        const string byTier = "- from: [{podSelector: {matchLabels: {tier: back}}}]";
        Assert.Equal("NP8002@7", Codes(Policy($"{Web}ingress:\n{FromApi}\n{byTier}")));
        Assert.Equal("", Codes(Policy($"{Web}ingress:\n{FromApi}\n{byTier.Replace("back", "front", StringComparison.Ordinal)}")));
    }

    [Fact]
    public void AnAllowRuleUnderADeny()
    {
        const string spec = "endpointSelector: {matchLabels: {app: web}}\n";
        const string allow = "ingress:\n- fromEndpoints: [{matchLabels: {app: api}}]\n- fromEndpoints: [{matchLabels: {app: db}}]\n";
        Assert.Equal("NP8003@7", Codes(Cilium($"{spec}{allow}ingressDeny:\n- fromEndpoints: [{{matchExpressions: [{{key: app, operator: In, values: [api, web]}}]}}]")));
        Assert.Equal("NP8004@7", Codes(Cilium($"{spec}{allow.Replace("app: api", "tier: front", StringComparison.Ordinal)}ingressDeny:\n- fromEndpoints: [{{matchLabels: {{app: web}}}}]")));
    }

    [Fact]
    public void AnAllowRuleUnderAnAuthenticationThatAlwaysFails()
    {
        const string spec = "endpointSelector: {matchLabels: {app: web}}\ningress:\n";
        const string narrow = "- fromEndpoints: [{matchLabels: {app: api}}]\n  toPorts: [{ports: [{port: \"80\", protocol: TCP}]}]\n";
        const string broad = "- fromEndpoints: [{matchLabels: {app: api}}]\n  authentication: {mode: MODE}";
        Assert.Equal("NP8003@7", Codes(Cilium(spec + narrow + broad.Replace("MODE", "test-always-fail", StringComparison.Ordinal))));
        Assert.Equal("NP8001@7", Codes(Cilium(spec + narrow + broad.Replace("MODE", "required", StringComparison.Ordinal))));
        // What never passes is denied by default as well.
        Assert.Equal("NP8002@9", Codes(Cilium(spec + narrow.Replace("api", "db", StringComparison.Ordinal) + broad.Replace("MODE", "test-always-fail", StringComparison.Ordinal))));
    }

    [Fact]
    public void ADenyOfWhatNobodyAllows()
    {
        const string spec = "endpointSelector: {matchLabels: {app: web}}\ningress:\n- fromEndpoints: [{matchLabels: {app: api}}]\ningressDeny:\n- fromEndpoints: [{matchLabels: {app: XX}}]";
        Assert.Equal("NP8005@9", Codes(Cilium(spec.Replace("XX", "db", StringComparison.Ordinal))));
        Assert.DoesNotContain("NP8005", Codes(Cilium(spec.Replace("XX", "api", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void APolicyThatChangesNothing()
    {
        var first = Policy($"{Web}ingress:\n{FromApi}");
        Assert.Equal("NP8006@12", Codes($"{first}---\n{Policy($"{Web}ingress:\n{FromApi}", "second")}"));
        Assert.Equal("", Codes(first));
        // It allows all that it isolates.
        Assert.Equal("NP8006@3 NP8020@7", Codes(Policy($"{Web}ingress:\n- {{}}")));
    }

    [Fact]
    public void ADefaultDenyWhereOthersIsolateTheSame()
    {
        var others = Policy($"{Web}ingress:\n{FromApi}");
        var deny = Policy("podSelector: {matchLabels: {app: web}}", "deny");
        Assert.Equal("NP8005@12", Codes($"{others}---\n{deny}"));
        Assert.Equal("", Codes($"{others}---\n{deny.Replace("{matchLabels: {app: web}}", "{}", StringComparison.Ordinal)}"));
    }

    [Fact]
    public void APolicyThatSelectsNothing() =>
        Assert.Equal("NP8007@3", Codes(Policy("podSelector: {matchLabels: {tier: middle}}\npolicyTypes: [Ingress]")));

    [Fact]
    public void ARuleWhosePeersServeOtherPorts() => Assert.Equal(
        "NP8008@8", Codes(Policy($"{Web}policyTypes: [Egress]\negress:\n- to: [{{podSelector: {{matchLabels: {{app: web}}}}}}, {{ipBlock: {{cidr: 192.0.2.0/24}}}}]\n  ports: [{{port: metrics}}]")));

    [Fact]
    public void ANamespaceThatIsNotThere()
    {
        const string spec = $"{Web}ingress:\n- from: [{{namespaceSelector: {{matchLabels: {{team: XX}}}}}}]";
        Assert.Equal("NP8010@7", Codes(Policy(spec.Replace("XX", "green", StringComparison.Ordinal))));
        Assert.Equal("", Codes(Policy(spec.Replace("XX", "blue", StringComparison.Ordinal))));
    }

    [Fact]
    public void APeerThatIsNotThere() => Assert.Equal("NP8011@7", Codes(Policy($"{Web}ingress:\n- from: [{{podSelector: {{matchLabels: {{tier: middle}}}}}}]")));

    [Fact]
    public void ASelectorThatContradictsItself()
    {
        const string spec = $"{Web}ingress:\n- from:\n  - podSelector: {{matchLabels: {{app: api}}, matchExpressions: [{{key: app, operator: XX}}]}}";
        Assert.Equal("NP8012@8", Codes(Policy(spec.Replace("XX", "DoesNotExist", StringComparison.Ordinal))));
        Assert.Equal("", Codes(Policy(spec.Replace("XX", "Exists", StringComparison.Ordinal))));
    }

    [Fact]
    public void APortThatNobodyServes()
    {
        const string spec = $"{Web}ingress:\n- from: [{{podSelector: {{matchLabels: {{app: api}}}}}}]\n  ports: [{{port: XX}}]";
        Assert.Equal("NP8013@8", Codes(Policy(spec.Replace("XX", "metrics", StringComparison.Ordinal))));
        Assert.Equal("NP8014@8", Codes(Policy(spec.Replace("XX", "81", StringComparison.Ordinal))));
        Assert.Equal("", Codes(Policy(spec.Replace("XX", "http", StringComparison.Ordinal))));
        // db declares no port, so that nothing is known of what it serves.
        Assert.Equal("", Codes(Policy(spec.Replace("XX", "81", StringComparison.Ordinal)).Replace("app: web", "app: db", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ingress:\n- from: [{ipBlock: {cidr: 0.0.0.0/0}}]", "NP8020@7")]
    [InlineData("ingress:\n- ports: [{port: 80}]", "NP8021@7")]
    [InlineData("policyTypes: [Egress]\negress:\n- to: [{ipBlock: {cidr: 0.0.0.0/0}}]", "NP8022@8")]
    [InlineData("ingress:\n- from: [{namespaceSelector: {}}]", "NP8023@7")]
    [InlineData("ingress:\n- from: [{ipBlock: {cidr: 192.0.2.0/24}}]", "")]
    [InlineData("ingress:\n- from: [{podSelector: {}}]", "")]
    public void Openness(string rules, string expected) => Assert.Equal(expected, Codes(Policy(Web + rules)));

    [Fact]
    public void WhatIsDeniedAgainIsNotOpen() => Assert.DoesNotContain(
        "NP8020",
        Codes($"{Policy($"{Web}ingress:\n- {{}}")}---\n{Cilium("endpointSelector: {}\ningressDeny:\n- fromEntities: [all]")}"),
        StringComparison.Ordinal);

    [Theory]
    // The first of the ports.
    [InlineData("toPorts: [{ports: [{port: \"1\", endPort: 70, protocol: TCP}]}]", "everyone inside the cluster and outside")]
    [InlineData("fromEntities: [world]", "everyone inside the cluster")]
    [InlineData("fromEntities: [cluster]", "everyone outside the cluster")]
    // A part of the world, and a part of the cluster.
    [InlineData("fromCIDR: [192.0.2.0/24]", "everyone inside the cluster and outside")]
    [InlineData("fromEndpoints: [{matchLabels: {app: api}}]", "everyone inside the cluster and outside")]
    [InlineData("toPorts: [{ports: [{port: \"1\", endPort: 80, protocol: TCP}]}]", null)]
    [InlineData("fromEntities: [all]", null)]
    public void WhatIsDeniedInPartIsOpen(string deny, string? to)
    {
        var found = Check($"{Policy($"{Web}ingress:\n- ports: [{{port: 60, endPort: 80}}]")}---\n{Cilium($"endpointSelector: {{}}\ningressDeny:\n- {deny}")}")
            .SingleOrDefault(f => f.Diagnostic.Code == "NP8021");
        Assert.Equal(to is null ? null : $"NetworkPolicy shop/p ingress[0] lets {to} in, on TCP 60-80", found?.Diagnostic.Message);
    }

    [Theory]
    [InlineData("toEntities: [world]", false)]
    [InlineData("toEndpoints: [{}]", true)]
    public void WhatMayNotLeaveTheClusterIsNotOpenTowardsEveryone(string deny, bool isOpen) => Assert.Equal(isOpen, Codes(
        $"{Policy($"{Web}policyTypes: [Egress]\negress:\n- {{}}")}---\n{Cilium($"endpointSelector: {{}}\negressDeny:\n- {deny}")}").Contains("NP8022", StringComparison.Ordinal));

    [Fact]
    public void WhatOnlyAnotherTierAllowsIsNotOpen() => Assert.DoesNotContain(
        "NP8020",
        Codes($"{Policy($"{Web}ingress:\n- {{}}")}---\n{Cilium("endpointSelector: {}\ningressDeny:\n- fromEntities: [all]")}---\n"
            + Admin("priority: 1\nsubject: {namespaces: {}}\ningress:\n- {action: Allow, from: [{namespaces: {}}]}")),
        StringComparison.Ordinal);

    [Fact]
    public void AnExceptionThatAnotherRuleAllows()
    {
        const string spec = $"{Web}ingress:\n- from:\n  - ipBlock: {{cidr: 192.0.2.0/24, except: [192.0.2.64/26]}}\n- from: [{{ipBlock: {{cidr: XX}}}}]";
        Assert.Equal("NP8024@8", Codes(Policy(spec.Replace("XX", "192.0.2.64/26", StringComparison.Ordinal))));
        Assert.Equal("", Codes(Policy(spec.Replace("XX", "192.0.2.64/27", StringComparison.Ordinal))));
    }

    [Fact]
    public void IsolatedWithoutDns()
    {
        const string spec = $"{Web}policyTypes: [Egress]\negress:\n- to: [{{podSelector: {{matchLabels: {{app: api}}}}}}]";
        const string dns = "---\n{apiVersion: v1, kind: Pod, metadata: {name: dns, namespace: kube-system, labels: {k8s-app: kube-dns}}, spec: {containers: [{name: c}]}, status: {podIP: 10.0.0.9}}\n";
        Assert.Equal("NP8030@3", Codes(Policy($"{spec}\n  ports: [{{port: 8080}}]")));
        Assert.Equal("", Codes(Policy(spec)));
        Assert.Equal("NP8030@3", Codes(Policy(spec), dns));
        Assert.Equal("", Codes(Policy($"{spec}\n- ports: [{{port: 53, protocol: UDP}}]"), dns));
        Assert.Equal("", Codes(Policy($"{Web}policyTypes: [Egress]"), dns));
    }

    [Theory]
    [InlineData("{app: wbe}", "NP8007@3 NP8040@5")]
    [InlineData("{aap: web}", "NP8007@3 NP8040@5")]
    [InlineData("{tier: frontt}", "NP8007@3 NP8040@5")]
    [InlineData("{tier: front1}", "NP8007@3")]
    [InlineData("{app: wonder}", "NP8007@3")]
    public void Typos(string labels, string expected) => Assert.Equal(expected, Codes(Policy($"podSelector: {{matchLabels: {labels}}}\npolicyTypes: [Ingress]")));

    [Fact]
    public void RulesOfTheAdminTierAreAskedFirst()
    {
        const string admin = "priority: 5\nsubject: {namespaces: {}}\ningress:\n- {name: x, action: XX, from: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: api}}}}]}";
        string With(string action) =>
            Codes($"{Admin(admin.Replace("XX", action, StringComparison.Ordinal))}---\n{Policy($"{Web}ingress:\n{FromApi}\n- from: [{{podSelector: {{matchLabels: {{app: db}}}}}}]")}");
        Assert.Equal("NP8003@16", With("Deny"));
        Assert.Equal("NP8003@16", With("Allow"));
        Assert.Equal("NP8006@3", With("Pass"));
    }

    [Theory]
    [InlineData("{}", "{matchLabels: {app: prometheus}}", "NP8006@3 NP8011@8 NP8011@25")]
    [InlineData("{}", "{}", "NP8005@12 NP8011@25")]
    // Whatever pods come, these are for others.
    [InlineData("{}", "{matchLabels: {app: till}}", "NP8003@25 NP8011@25")]
    [InlineData("{matchLabels: {app: db}}", "{matchLabels: {app: prometheus}}", "NP8006@3 NP8011@8 NP8003@25 NP8011@25")]
    public void APassBeforeTheRuleThatShadowsTakesConnectionsPastIt(string subject, string peer, string expected)
    {
        const string rule = "priority: 1\nsubject: {pods: {namespaceSelector: {}, podSelector: SUBJECT}}\ningress:\n- {action: Pass, from: [{pods: {namespaceSelector: {}, podSelector: PEER}}]}";
        var pass = Admin(rule.Replace("SUBJECT", subject, StringComparison.Ordinal).Replace("PEER", peer, StringComparison.Ordinal), "first");
        var deny = Admin("priority: 2\nsubject: {namespaces: {}}\ningress:\n- {action: Deny, from: [{namespaces: {}}]}", "second");
        var allow = Policy($"{Web}ingress:\n- from: [{{podSelector: {{matchLabels: {{app: prometheus}}}}}}]");
        Assert.Equal(expected, Codes($"{pass}---\n{deny}---\n{allow}"));
    }

    [Fact]
    public void APassWithinTheTierTakesBothAlike()
    {
        const string rules = """
            priority: 1
            subject: {namespaces: {}}
            ingress:
            - {action: Pass, from: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: prometheus}}}}]}
            - {action: Deny, from: [{namespaces: {}}]}
            - {action: Allow, from: [{pods: {namespaceSelector: {}, podSelector: {matchExpressions: [{key: app, operator: In, values: [prometheus, api]}]}}}]}
            """;
        Assert.Contains("NP8003@10", Codes(Admin(rules)), StringComparison.Ordinal);
    }
}
