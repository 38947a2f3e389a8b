using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using static PolicyCompiler.Core.Tests.Semantics.Policies;

namespace PolicyCompiler.Core.Tests.Semantics;

/// <summary>The own node as a peer of pods, and nodes as the subjects of host policies.</summary>
public sealed class NodeTests
{
    /// <summary>A deny rule makes the tables decide about the own node, even where no rule names nodes.</summary>
    [Fact]
    public void ADenyForEveryoneOnOnePortLetsTheOwnNodeInOnOthers()
    {
        var scenario = new Scenario(Cilium(Spec with { IngressDeny = [Item with { ToPorts = [Ports(80)] }] }));
        Assert.False(scenario.Decide(Scenario.HostTowardsPods, Scenario.Subject, 80).Ingress.Allowed);
        Assert.Equal(DecisionReason.NodeLocal, scenario.Decide(Scenario.HostTowardsPods, Scenario.Subject, 81).Ingress.Reason);
        Assert.Equal(DecisionReason.DefaultDeny, scenario.Decide(Scenario.Host, Scenario.Subject, 81).Ingress.Reason);
        Assert.Equal(DecisionReason.DefaultDeny, scenario.Decide(Scenario.RemoteNode, Scenario.Subject, 81).Ingress.Reason);
    }

    [Theory]
    [InlineData(Entity.Host, false)]
    [InlineData(Entity.RemoteNode, true)]
    [InlineData(Entity.World, true)]
    [InlineData(Entity.Cluster, false)]
    public void OnlyADenyOfTheHostKeepsTheOwnNodeOut(Entity entity, bool allowed) => Assert.Equal(
        allowed,
        new Scenario(Cilium(Spec with { IngressDeny = [Item with { Entities = Entities(entity) }] })).Decide(Scenario.HostTowardsPods, Scenario.Subject).Ingress.Allowed);

    /// <summary>A host policy is about the node's whole network namespace, whichever of its addresses a flow has.</summary>
    [Theory]
    [InlineData(Scenario.HostTowardsPods)]
    [InlineData(Scenario.Host)]
    public void AHostPolicyHoldsForEveryAddressOfItsNode(string address)
    {
        var scenario = new Scenario(HostPolicy(Spec with { Ingress = [Item with { Entities = Entities(Entity.RemoteNode) }] }));
        Assert.Equal(DecisionReason.DefaultDeny, scenario.Decide(Scenario.Outside, address).Ingress.Reason);
        Assert.Equal(DecisionReason.Rule, scenario.Decide(Scenario.RemoteNode, address).Ingress.Reason);
        Assert.Equal(DecisionReason.DefaultDeny, scenario.Decide(Scenario.Near, address).Ingress.Reason);
        Assert.Equal(DecisionReason.Loopback, scenario.Decide(Scenario.HostTowardsPods, address).Ingress.Reason);
    }

    [Fact]
    public void AHostPolicySaysNothingAboutPods()
    {
        var scenario = new Scenario(HostPolicy(Spec with { Ingress = [Item], Egress = [Item] }));
        Assert.Equal(Scenario.Peers, scenario.AllowedFrom());
        Assert.False(scenario.Decide(Scenario.RemoteNode, Scenario.Subject).Egress.Allowed);
    }
}
