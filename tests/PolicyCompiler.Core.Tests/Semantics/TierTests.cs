using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using static PolicyCompiler.Core.Tests.Semantics.Policies;

namespace PolicyCompiler.Core.Tests.Semantics;

/// <summary>Admin tier, NetworkPolicy, baseline tier: which of them decides.</summary>
public sealed class TierTests
{
    [Theory]
    [InlineData(RuleAction.Allow, "isolates", RuleAction.Deny, true)]
    [InlineData(RuleAction.Allow, null, RuleAction.Deny, true)]
    [InlineData(RuleAction.Deny, "allows", RuleAction.Allow, false)]
    [InlineData(RuleAction.Deny, null, null, false)]
    [InlineData(RuleAction.Pass, "allows", RuleAction.Deny, true)]
    [InlineData(null, "allows", RuleAction.Deny, true)]
    [InlineData(RuleAction.Pass, "isolates", RuleAction.Allow, false)]
    [InlineData(null, "isolates", RuleAction.Allow, false)]
    [InlineData(RuleAction.Pass, null, RuleAction.Allow, true)]
    [InlineData(RuleAction.Pass, null, RuleAction.Pass, true)]
    [InlineData(RuleAction.Pass, null, null, true)]
    [InlineData(null, null, RuleAction.Allow, true)]
    [InlineData(null, null, RuleAction.Pass, true)]
    [InlineData(null, null, null, true)]
    [InlineData(RuleAction.Pass, null, RuleAction.Deny, false)]
    [InlineData(null, null, RuleAction.Deny, false)]
    public void TheFirstTierThatSaysSomethingDecides(RuleAction? admin, string? network, RuleAction? baseline, bool allowed)
    {
        var policies = new List<PolicyObject>();
        if (admin is { } first)
        {
            policies.Add(Admin(AdminPolicy.ClusterKind, Tier.Admin, 5, AdminRule(first)));
        }

        if (baseline is { } last)
        {
            policies.Add(Admin(AdminPolicy.ClusterKind, Tier.Baseline, 5, AdminRule(last)));
        }

        if (network is not null)
        {
            policies.Add(NetworkPolicy(NetworkPolicyType.Egress, network == "allows" ? [NetworkRule(80)] : [NetworkRule(81)]));
        }

        Assert.Equal(allowed, new Scenario([.. policies]).Decide(Scenario.Subject, Scenario.Far).Allowed);
    }

    /// <summary>A lower number is asked first, whatever the names; within a policy the order of the list counts.</summary>
    [Fact]
    public void PriorityThenPlaceOrdersRules()
    {
        var scenario = new Scenario(
            Admin(AdminPolicy.AdminKind, Tier.Admin, 10, AdminRule(RuleAction.Allow)),
            Admin(AdminPolicy.ClusterKind, Tier.Admin, 9, AdminRule(RuleAction.Allow, 80), AdminRule(RuleAction.Deny, 80), AdminRule(RuleAction.Deny, 81)));
        Assert.True(scenario.Decide(Scenario.Subject, Scenario.Far, 80).Allowed);
        Assert.False(scenario.Decide(Scenario.Subject, Scenario.Far, 81).Allowed);
        Assert.True(scenario.Decide(Scenario.Subject, Scenario.Far, 82).Allowed);
    }

    /// <summary>A pass leaves the tier for what it matches, though a wider deny follows it.</summary>
    [Fact]
    public void ANarrowPassBeforeAWideDenyLeavesItsFlowsToTheNextTier()
    {
        var scenario = new Scenario(
            Admin(AdminPolicy.ClusterKind, Tier.Admin, 1, AdminRule(RuleAction.Pass, 80)),
            Admin(AdminPolicy.ClusterKind, Tier.Admin, 2, AdminRule(RuleAction.Deny)),
            NetworkPolicy(NetworkPolicyType.Egress, NetworkRule(0)));
        Assert.True(scenario.Decide(Scenario.Subject, Scenario.Far, 80).Allowed);
        Assert.False(scenario.Decide(Scenario.Subject, Scenario.Far, 81).Allowed);
        Assert.Equal(RuleAction.Pass, scenario.Decide(Scenario.Subject, Scenario.Far, 80).Egress.Passed?.Action);
    }

    /// <summary>A BaselineAdminNetworkPolicy has no priority: one that has is asked before it.</summary>
    [Fact]
    public void ABaselineWithoutPriorityIsLast()
    {
        var scenario = new Scenario(
            Admin(AdminPolicy.BaselineKind, Tier.Baseline, 0, AdminRule(RuleAction.Deny)),
            Admin(AdminPolicy.ClusterKind, Tier.Baseline, 1000, AdminRule(RuleAction.Allow, 80)));
        Assert.True(scenario.Decide(Scenario.Subject, Scenario.Far, 80).Allowed);
        Assert.False(scenario.Decide(Scenario.Subject, Scenario.Far, 81).Allowed);
    }

    /// <summary>A Cilium policy that does not deny by default leaves what it does not allow to the baseline tier.</summary>
    [Fact]
    public void OnlyWhatIsolatesKeepsTheBaselineOut()
    {
        var baseline = Admin(AdminPolicy.ClusterKind, Tier.Baseline, 5, AdminRule(RuleAction.Deny));
        var rule = Spec with { Egress = [Item with { ToPorts = [Ports(80)] }], DefaultDenyEgress = false };
        var scenario = new Scenario(Cilium(rule), baseline);
        Assert.True(scenario.Decide(Scenario.Subject, Scenario.Far, 80).Allowed);
        Assert.False(scenario.Decide(Scenario.Subject, Scenario.Far, 81).Allowed);
    }
}
