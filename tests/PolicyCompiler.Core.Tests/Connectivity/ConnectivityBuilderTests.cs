using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Tests.Connectivity;

public sealed class ConnectivityBuilderTests
{
    private const string Everywhere = "0.0.0.0-255.255.255.255[External]";

    [Fact]
    public void WithoutPoliciesEverythingIsOpenButThePairWithItself() => Assert.Equal(
        [
            $"{Everywhere} > a/x[Pod]: All Connections",
            $"{Everywhere} > b/y[Pod]: All Connections",
            $"a/x[Pod] > {Everywhere}: All Connections",
            "a/x[Pod] > b/y[Pod]: All Connections",
            $"b/y[Pod] > {Everywhere}: All Connections",
            "b/y[Pod] > a/x[Pod]: All Connections",
        ],
        Rows(Build([Pod("b", "y", 2), Pod("a", "x", 1)])));

    [Fact]
    public void BothSidesMustAllow()
    {
        var report = Build(
            [Pod("a", "x", 1), Pod("b", "y", 2)],
            Policy("a", ingress: null, egress: [Rule([], Port(IpProtocol.Tcp, 80, 90))]),
            Policy("b", ingress: [Rule([], Port(IpProtocol.Tcp, 85, 100), Port(IpProtocol.Udp, 85, 85))], egress: []));
        Assert.Equal(
            [
                $"{Everywhere} > a/x[Pod]: All Connections",
                $"{Everywhere} > b/y[Pod]: TCP 85-100,UDP 85",
                $"a/x[Pod] > {Everywhere}: TCP 80-90",
                "a/x[Pod] > b/y[Pod]: TCP 85-90",
            ],
            Rows(report));
    }

    [Fact]
    public void ADestinationWithNothingOpenHasNoRow() =>
        Assert.Empty(Build([Pod("a", "x", 1), Pod("a", "y", 2)], Policy("a", ingress: [], egress: [])).Rows);

    [Fact]
    public void AddressesAreTheLongestRangesWithTheSameAnswer()
    {
        var report = Build(
            [Pod("a", "x", 1)],
            Policy(
                "a",
                ingress: [],
                egress:
                [
                    Rule([Block("10.0.0.0/8", "10.0.0.0/16")]),
                    Rule([Block("10.0.0.0/16")], Port(IpProtocol.Tcp, 443, 443)),
                    Rule([Block("11.0.0.0/8")]),
                    Rule([Block("255.255.255.255/32")], Port(IpProtocol.Tcp, 443, 443)),
                ]));
        Assert.Equal(
            [
                "a/x[Pod] > 10.0.0.0-10.0.255.255[External]: TCP 443",
                "a/x[Pod] > 10.1.0.0-11.255.255.255[External]: All Connections",
                "a/x[Pod] > 255.255.255.255-255.255.255.255[External]: TCP 443",
            ],
            Rows(report));
    }

    /// <summary>Blocks of the admin tiers match pods too, so two pods of one identity can differ by address.</summary>
    [Fact]
    public void BlocksOfTheAdminTiersMatchPods()
    {
        var networks = new AdminPeer.Networks([IpPrefix.Parse("10.0.0.2/32")], SourceSpan.None);
        var deny = new AdminPolicy(
            AdminPolicy.AdminKind, "deny", Tier.Admin, 1, SourceSpan.None, new AdminPods(LabelSelector.Everything, LabelSelector.Everything, SourceSpan.None), [],
            [new AdminRule(null, RuleAction.Deny, [networks], [], SourceSpan.None)], SourceSpan.None);
        var rows = Rows(Build([Pod("a", "x", 1), Pod("a", "y", 2), Pod("a", "z", 3)], deny));
        Assert.DoesNotContain("a/x[Pod] > a/y[Pod]: All Connections", rows);
        Assert.Contains("a/x[Pod] > a/z[Pod]: All Connections", rows);
    }

    /// <summary>IPv6 has rows once a pod is known to have it or a policy speaks of it, and then for pods that have it.</summary>
    [Fact]
    public void Ipv6IsListedWhereItMatters()
    {
        const string Everywhere6 = "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External]";
        var both = Pod("a", "x", 1) with { Addresses = [IpAddress.Parse("10.0.0.1"), IpAddress.Parse("2001:db8::1")] };
        var madeUp = both with { HasSyntheticAddresses = true };
        Assert.DoesNotContain(Rows(Build([madeUp])), r => r.Contains("::", StringComparison.Ordinal));
        Assert.Equal(
            [$"{Everywhere} > a/x[Pod]: All Connections", $"{Everywhere6} > a/x[Pod]: All Connections", $"a/x[Pod] > {Everywhere}: All Connections", $"a/x[Pod] > {Everywhere6}: All Connections"],
            Rows(Build([both])));
        Assert.Equal(
            ["a/x[Pod] > 2001:db8::-2001:db8::ff[External]: All Connections"],
            Rows(Build([madeUp], Policy("a", ingress: [], egress: [Rule([Block("2001:db8::/120")])]))));
        Assert.DoesNotContain(
            Rows(Build([Pod("a", "x", 1), both with { Name = "y", WorkloadName = "y" }])),
            r => r.StartsWith("a/x[Pod] > ::", StringComparison.Ordinal) || r == $"{Everywhere6} > a/x[Pod]: All Connections");
    }

    [Fact]
    public void PodsOfAWorkloadAreOneRowThatSaysWhatAnyOfThemMay()
    {
        var report = Build(
            [
                Pod("a", "x-0", 1) with { WorkloadName = "x", WorkloadKind = "StatefulSet", NamedPorts = [new("web", IpProtocol.Tcp, 80)] },
                Pod("a", "x-1", 2) with { WorkloadName = "x", WorkloadKind = "StatefulSet", NamedPorts = [new("web", IpProtocol.Tcp, 8080)] },
                Pod("b", "y", 3),
            ],
            Policy("a", ingress: [Rule([], new NetworkPolicyPort(null, null, "web", null, SourceSpan.None))], egress: []));
        Assert.Equal(
            [
                $"{Everywhere} > a/x[StatefulSet]: TCP 80,8080",
                $"{Everywhere} > b/y[Pod]: All Connections",
                $"b/y[Pod] > {Everywhere}: All Connections",
                "b/y[Pod] > a/x[StatefulSet]: TCP 80,8080",
            ],
            Rows(report));
        Assert.Equal(["a/x[StatefulSet]"], report.Mixed.Select(w => w.Text));
        Assert.Equal(["NP0040"], ConnectivityDiagnostics.Check(report).Select(d => d.Code));
        Assert.Empty(ConnectivityDiagnostics.Check(Build([Pod("a", "x", 1)])));
    }

    /// <summary>No policy holds for it, and to others it is the address it has.</summary>
    [Fact]
    public void AHostNetworkPodIsAnAddress()
    {
        var report = Build(
            [Pod("a", "host", 1) with { HostNetwork = true }, Pod("a", "x", 2)],
            Policy("a", ingress: [Rule([Block("10.0.0.1/32")], Port(IpProtocol.Tcp, 80, 80))], egress: []));
        Assert.Equal(
            [
                $"{Everywhere} > a/host[Pod]: All Connections",
                "10.0.0.1-10.0.0.1[External] > a/x[Pod]: TCP 80",
                $"a/host[Pod] > {Everywhere}: All Connections",
                "a/host[Pod] > a/x[Pod]: TCP 80",
            ],
            Rows(report).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ARowNamesTheDecisionsThatOpenIt()
    {
        var tables = Tables(
            [Pod("a", "x", 1), Pod("b", "y", 2)],
            Policy("b", ingress: [Rule([], Port(IpProtocol.Tcp, 80, 80)), Rule([], Port(IpProtocol.Tcp, 443, 443)), Rule([Block("10.0.0.0/8")])], egress: null));
        var row = ConnectivityBuilder.Build(tables).Rows.Single(r => r.Source.Text == "a/x[Pod]" && r.Destination.Text == "b/y[Pod]");
        Assert.Equal([DecisionKind.NotIsolated], row.EgressDecisions.Select(d => tables.Decision(d)!.Kind));
        Assert.Equal(["ingress[0]", "ingress[1]"], row.IngressDecisions.Select(d => tables.Graph.Rules[tables.Decision(d)!.Rule!.Value.Value].Place));
        var incoming = ConnectivityBuilder.Build(tables).Rows.First(r => r.Destination.Text == "b/y[Pod]");
        Assert.Empty(incoming.EgressDecisions);
    }

    private static List<string> Rows(ConnectivityReport report) => [.. report.Rows.Select(r => $"{r.Source} > {r.Destination}: {r.Ports}")];

    private static ConnectivityReport Build(Endpoint[] pods, params PolicyObject[] policies) => ConnectivityBuilder.Build(Tables(pods, policies));

    private static PolicyTables Tables(Endpoint[] pods, params PolicyObject[] policies)
    {
        var cluster = new ClusterView
        {
            Namespaces = [.. new[] { "a", "b" }.Select(n => new Namespace(n, LabelSet.Empty, false, SourceSpan.None))],
            Endpoints = [.. pods.OrderBy(p => p.Namespace, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal)],
        };
        return PolicyTablesBuilder.Build(RuleGraphBuilder.Build(new CompilerInput(new PolicySet([.. policies]), cluster), new GraphOptions()).Value!).Value!;
    }

    private static Endpoint Pod(string ns, string name, byte address) => new()
    {
        Namespace = ns,
        Name = name,
        Labels = LabelSet.Empty,
        Addresses = [new IpAddress(AddressFamily.IPv4, 0x0A000000u + address)],
        WorkloadKind = "Pod",
        WorkloadName = name,
        Span = SourceSpan.None,
    };

    /// <param name="ns">Its namespace, all of whose pods it selects.</param>
    /// <param name="ingress">Null: ingress stays open.</param>
    /// <param name="egress">Null: egress stays open.</param>
    private static NetworkPolicy Policy(string ns, NetworkPolicyRule[]? ingress, NetworkPolicyRule[]? egress)
    {
        var types = Enum.GetValues<NetworkPolicyType>().Where(t => (t == NetworkPolicyType.Ingress ? ingress : egress) is not null);
        return new NetworkPolicy(ns, "p", LabelSelector.Everything, [.. types], [.. ingress ?? []], [.. egress ?? []], SourceSpan.None);
    }

    private static NetworkPolicyRule Rule(NetworkPolicyPeer[] peers, params NetworkPolicyPort[] ports) => new([.. peers], [.. ports], SourceSpan.None);

    private static NetworkPolicyPort Port(IpProtocol protocol, ushort first, ushort last) => new(protocol, first, null, last, SourceSpan.None);

    private static NetworkPolicyPeer Block(string cidr, params string[] except)
    {
        ImmutableArray<IpPrefix> holes = [.. except.Select(IpPrefix.Parse)];
        return new NetworkPolicyPeer(null, null, new IpBlock(IpPrefix.Parse(cidr), holes, SourceSpan.None), SourceSpan.None);
    }
}
