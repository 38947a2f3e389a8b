using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;
using static PolicyCompiler.Core.Tests.Semantics.Policies;

namespace PolicyCompiler.Core.Tests.Semantics;

/// <summary>Whom the items of Cilium policies select: absent, empty and scoped peers.</summary>
public sealed class CiliumPeerTests
{
    [Fact]
    public void AnEmptySelectorIsThePodsOfTheNamespace() => AssertFrom(Item with { Endpoints = [Selector()] }, Scenario.Near);

    [Fact]
    public void AWrittenNamespaceIsTheOnlyOne() =>
        AssertFrom(Item with { Endpoints = [Selector("any:io.kubernetes.pod.namespace=other")] }, Scenario.Far);

    [Fact]
    public void AnyNamespaceIsEveryPod() =>
        AssertFrom(Item with { Endpoints = [Selector("any:io.kubernetes.pod.namespace")] }, Scenario.Near, Scenario.Far);

    [Fact]
    public void ANamespaceLabelSpansNamespaces() =>
        AssertFrom(Item with { Endpoints = [Selector("k8s:io.cilium.k8s.namespace.labels.team=blue")] }, Scenario.Far);

    [Fact]
    public void EntityAllIsEveryone() => AssertFrom(Item with { Entities = Entities(Entity.All) }, [.. Scenario.Peers]);

    [Fact]
    public void AnEmptyListIsNobody()
    {
        AssertFrom(Item with { Endpoints = [] });
        AssertFrom(Item with { Endpoints = [], ToPorts = [Ports(80)] });
        AssertFrom(Item with { Cidrs = [] });
        AssertFrom(Item with { CidrSets = [] });
        AssertFrom(Item with { Entities = [] });
        AssertFrom(Item with { Nodes = [] });
    }

    [Fact]
    public void PortsAloneAreForEveryone()
    {
        var scenario = new Scenario(Cilium(Spec with { Ingress = [Item with { ToPorts = [Ports(80)] }] }));
        Assert.Equal(Scenario.Peers, scenario.AllowedFrom(80));
        Assert.Empty(scenario.AllowedFrom(81));
        Assert.Empty(scenario.AllowedFrom(80, IpProtocol.Udp));
    }

    [Fact]
    public void AReservedLabelIsNotScoped() => AssertFrom(Item with { Endpoints = [Selector("reserved:host")] }, Scenario.Host);

    [Fact]
    public void NothingAtAllOnlyDeniesTheRest()
    {
        AssertFrom(Item);
        Assert.Empty(new Scenario(Cilium(Spec with { IngressDeny = [Item] })).AllowedFrom());
    }

    [Fact]
    public void AnEmptyListOfANetworkPolicyIsEveryone() =>
        Assert.Equal(Scenario.Peers, new Scenario(NetworkPolicy(NetworkPolicyType.Ingress, NetworkRule(0))).AllowedFrom());

    [Fact]
    public void AnEmptySelectorOfAClusterwidePolicyIsEveryPod() => Assert.Equal(
        [Scenario.Near, Scenario.Far], new Scenario(Clusterwide(Spec with { Ingress = [Item with { Endpoints = [Selector()] }] })).AllowedFrom());

    [Fact]
    public void EntitiesTellNodesApart()
    {
        AssertFrom(Item with { Entities = Entities(Entity.Host) }, Scenario.Host);
        AssertFrom(Item with { Entities = Entities(Entity.RemoteNode) }, Scenario.RemoteNode);
        AssertFrom(Item with { Entities = Entities(Entity.World) }, Scenario.Outside);
        AssertFrom(Item with { Entities = Entities(Entity.WorldIPv6) });
        AssertFrom(Item with { Entities = Entities(Entity.Cluster) }, Scenario.Near, Scenario.Far, Scenario.Host, Scenario.RemoteNode);
    }

    [Fact]
    public void ABlockIsOnlyAddressesOutsideTheCluster() =>
        AssertFrom(Item with { Cidrs = [new IpBlock(IpPrefix.Parse("0.0.0.0/0"), [], SourceSpan.None)] }, Scenario.Outside);

    /// <summary>An end of which nothing is known but that it is outside.</summary>
    [Fact]
    public void TheBlockOfEveryAddressIsTheWorldOfItsFamily()
    {
        var scenario = new Scenario(Cilium(Spec with { Ingress = [Item with { Cidrs = [new IpBlock(IpPrefix.Parse("0.0.0.0/0"), [], SourceSpan.None)] }] }));
        bool Allows(Entity entity) => scenario.Decide(new FlowPeer(null, null) { Entity = entity }, scenario.End(Scenario.Subject)).Ingress.Allowed;
        Assert.True(Allows(Entity.WorldIPv4));
        Assert.False(Allows(Entity.WorldIPv6));
        Assert.False(Allows(Entity.RemoteNode));
    }

    /// <summary>An exception around a block of the group leaves nothing of it.</summary>
    [Theory]
    [InlineData("192.0.2.0/24", false)]
    [InlineData("192.0.2.0/25", false)]
    [InlineData("192.0.0.0/16", false)]
    [InlineData("192.0.2.128/25", true)]
    public void ExceptionsOfAGroupCountWhereverTheyLie(string except, bool allowed)
    {
        var cluster = Scenario.Cluster with { CidrGroups = [new CidrGroup("group", LabelSet.Empty, [IpPrefix.Parse("192.0.2.0/24")], SourceSpan.None)] };
        var item = Item with { CidrSets = [new CiliumCidrRule(null, "group", null, [IpPrefix.Parse(except)], SourceSpan.None)] };
        Assert.Equal(allowed, new Scenario(cluster, Cilium(Spec with { Ingress = [item] })).AllowedFrom().Contains(Scenario.Outside));
    }

    /// <summary>The addresses of the API server belong to its name alone.</summary>
    [Fact]
    public void ASelectorThatExcludesTheHostExcludesItAsApiServer()
    {
        var cluster = Scenario.Cluster with { Services = [ApiServer(Scenario.Host)] };
        Assert.DoesNotContain(
            Scenario.Host, new Scenario(cluster, Cilium(Spec with { Ingress = [Item with { Endpoints = [Selector("reserved:!host")] }] })).AllowedFrom());
        Assert.Equal(
            [Scenario.Host], new Scenario(cluster, Cilium(Spec with { Ingress = [Item with { Endpoints = [Selector("reserved:kube-apiserver")] }] })).AllowedFrom());
        Assert.Equal(
            [Scenario.Host], new Scenario(cluster, Cilium(Spec with { Ingress = [Item with { Entities = Entities(Entity.KubeApiServer) }] })).AllowedFrom());
    }

    /// <summary>A name outside every block has an identity of its own.</summary>
    [Fact]
    public void AKnownNameNeedsNoBlockAroundIt()
    {
        var cluster = Scenario.Cluster with { DnsRecords = [new DnsRecord("one.example", [IpAddress.Parse(Scenario.Outside)])] };
        var item = Item with { Names = [new NamePattern("one.example", false, SourceSpan.None)] };
        Assert.Equal([Scenario.Outside], new Scenario(cluster, Cilium(Spec with { Egress = [item] })).AllowedTo());
    }

    internal static Service ApiServer(string address) => new()
    {
        Namespace = "default",
        Name = "kubernetes",
        Type = "ClusterIP",
        ClusterAddresses = [],
        ExternalAddresses = [],
        Selector = LabelSet.Empty,
        Ports = [],
        BackendAddresses = [IpAddress.Parse(address)],
        Span = SourceSpan.None,
    };

    private static void AssertFrom(CiliumRuleItem item, params string[] expected) =>
        Assert.Equal(expected, new Scenario(Cilium(Spec with { Ingress = [item] })).AllowedFrom());
}
