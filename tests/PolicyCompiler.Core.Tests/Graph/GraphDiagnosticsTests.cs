using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Core.Tests.Semantics;
using static PolicyCompiler.Core.Tests.Semantics.Policies;

namespace PolicyCompiler.Core.Tests.Graph;

/// <summary>Findings of the rule graph, and policies close to them that have none.</summary>
public sealed class GraphDiagnosticsTests
{
    [Fact]
    public void NoEndpoints() => AssertOnly(GraphDiagnostics.NoEndpoints, new Scenario(new ClusterView(), Cilium(Spec with { Ingress = [Item] })));

    [Fact]
    public void APolicyThatSelectsNothing() =>
        AssertOnly(GraphDiagnostics.SelectsNothing, new Scenario(Cilium(Spec with { EndpointSelector = Selector("any:app=nobody"), Ingress = [Item] })));

    [Fact]
    public void AdminNetworkPoliciesOfOnePriority() => AssertOnly(
        GraphDiagnostics.SamePriority,
        new Scenario(
            Admin(AdminPolicy.AdminKind, Tier.Admin, 5, AdminRule(RuleAction.Allow)),
            Admin(AdminPolicy.AdminKind, Tier.Admin, 5, AdminRule(RuleAction.Deny)) with { Name = "second", Subject = Elsewhere }));

    [Fact]
    public void ClusterNetworkPoliciesOfOnePriorityAndAPodInCommon() => AssertOnly(
        GraphDiagnostics.SamePriority,
        new Scenario(
            Admin(AdminPolicy.AdminKind, Tier.Admin, 5, AdminRule(RuleAction.Allow)), Admin(AdminPolicy.ClusterKind, Tier.Admin, 5, AdminRule(RuleAction.Deny))));

    [Fact]
    public void PrioritiesOfDifferentTiersAndPodsDoNotMeet() => Assert.Empty(new Scenario(
        Admin(AdminPolicy.ClusterKind, Tier.Admin, 5, AdminRule(RuleAction.Allow)),
        Admin(AdminPolicy.ClusterKind, Tier.Admin, 5, AdminRule(RuleAction.Allow)) with { Name = "elsewhere", Subject = Elsewhere },
        Admin(AdminPolicy.ClusterKind, Tier.Baseline, 5, AdminRule(RuleAction.Allow)),
        Admin(AdminPolicy.BaselineKind, Tier.Baseline, 5, AdminRule(RuleAction.Allow))).Diagnostics);

    [Fact]
    public void DefaultDenyWithoutRules()
    {
        AssertOnly(GraphDiagnostics.DefaultDenyWithoutRules, new Scenario(Cilium(Spec with { Ingress = [Item], DefaultDenyEgress = true })));
        AssertOnly(GraphDiagnostics.DefaultDenyWithoutRules, new Scenario(Cilium(Spec with { Egress = [Item], DefaultDenyIngress = true })));
        Assert.Empty(new Scenario(Cilium(Spec with { Ingress = [Item], DefaultDenyIngress = true, DefaultDenyEgress = false })).Diagnostics);
    }

    [Fact]
    public void ASubjectInAnotherNamespace()
    {
        Scenario With(string ns) => new(Cilium(Spec with { EndpointSelector = Selector($"k8s:io.kubernetes.pod.namespace={ns}"), Ingress = [Item] }));
        var overridden = With("other");
        AssertOnly(GraphDiagnostics.SubjectNamespaceOverridden, overridden);
        Assert.Empty(overridden.AllowedFrom());
        Assert.Empty(With("ns").Diagnostics);
    }

    [Fact]
    public void AnUnknownCidrGroup()
    {
        AssertOnly(GraphDiagnostics.NoCidrGroup, Egress(Item with { CidrSets = [new CiliumCidrRule(null, "none", null, [], SourceSpan.None)] }));
        AssertOnly(GraphDiagnostics.NoCidrGroup, Egress(Item with { CidrSets = [new CiliumCidrRule(null, null, Equal("a", "b"), [], SourceSpan.None)] }));
        Assert.Empty(Egress(Item with { CidrSets = [new CiliumCidrRule(IpPrefix.Parse("192.0.2.0/24"), null, null, [], SourceSpan.None)] }).Diagnostics);
    }

    [Fact]
    public void AnUnknownService()
    {
        AssertOnly(GraphDiagnostics.NoService, Egress(Item with { Services = [new CiliumServiceReference("kubernetes", null, "ns", SourceSpan.None)] }));
        AssertOnly(GraphDiagnostics.NoService, Egress(Item with { Services = [new CiliumServiceReference(null, Equal("a", "b"), "", SourceSpan.None)] }));
        Assert.Empty(Egress(Item with { Services = [new CiliumServiceReference("kubernetes", null, "default", SourceSpan.None)] }).Diagnostics);
    }

    [Theory]
    [InlineData("container")]
    [InlineData("fqdn")]
    [InlineData("node")]
    [InlineData("cidrgroup")]
    [InlineData("unspec")]
    public void ALabelSourceThatNoPeerHas(string source)
    {
        var scenario = Egress(Item with { Endpoints = [Selector($"{source}:key=value")] });
        AssertOnly(GraphDiagnostics.SelectorSource, scenario);
        Assert.Contains(source, scenario.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    private static AdminPods Elsewhere => new(LabelSelector.Everything, Equal("app", "far"), SourceSpan.None);

    private static Scenario Egress(CiliumRuleItem item) =>
        new(Scenario.Cluster with { Services = [CiliumPeerTests.ApiServer(Scenario.Outside)] }, Cilium(Spec with { Egress = [item] }));

    private static void AssertOnly(DiagnosticDescriptor descriptor, Scenario scenario) => Assert.Equal([descriptor.Code], scenario.Diagnostics.Select(d => d.Code));
}
