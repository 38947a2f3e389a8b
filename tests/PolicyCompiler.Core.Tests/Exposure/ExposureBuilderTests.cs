using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Exposure;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Tests.Exposure;

public sealed class ExposureBuilderTests
{
    private const string Everywhere = "0.0.0.0-255.255.255.255[External]";

    [Fact]
    public void WithoutPoliciesEverythingIsOpenToEveryone() => Assert.Equal(
        [
            "egress any pod in the cluster: All Connections",
            $"egress {Everywhere}: All Connections",
            "ingress any pod in the cluster: All Connections",
            $"ingress {Everywhere}: All Connections",
        ],
        Rows(Build()));

    [Fact]
    public void AnEmptyNamespaceSelectorIsTheWholeClusterAndNotTheOutside() =>
        Assert.Equal(["ingress any pod in the cluster: TCP 80"], Rows(Build(Rule([Peer(namespaces: "")], 80))));

    [Fact]
    public void APodSelectorIsOfThePolicysNamespace() => Assert.Equal(
        ["ingress any pod in namespace a: TCP 80", "ingress new pods app=web in namespace a: TCP 80-81"],
        Rows(Build(Rule([Peer(pods: "")], 80), Rule([Peer(pods: "app=web")], 81))));

    /// <summary>A namespace that will exist can have labels that no present one has.</summary>
    [Fact]
    public void SelectorsOverNamespacesReachNewOnes() => Assert.Equal(
        ["ingress new pods {} in namespaces env notin (prod): TCP 81", "ingress new pods {} in namespaces env=prod: TCP 80"],
        Rows(Build(Rule([Peer(namespaces: "env=prod")], 80), Rule([Peer(namespaces: "env!=prod")], 81))).Where(r => !r.Contains("in namespace ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    /// <summary>Selectors that together leave nobody out open a port to all, although each of them leaves some out.</summary>
    [Fact]
    public void SelectorsAddUp() => Assert.Equal(
        ["ingress any pod in namespace a: TCP 80"],
        Rows(Build(Rule([Peer(pods: "app=web")], 80), Rule([Peer(pods: "app!=web")], 80))));

    /// <summary>Which number a name has is up to the pod that will be there.</summary>
    [Fact]
    public void APortNameOfAnotherPodHasNoNumberYet()
    {
        var row = Assert.Single(Build(new GraphOptions(), [], [Rule([Peer(pods: "app=web")], new NetworkPolicyPort(null, null, "http", null, SourceSpan.None))]).Rows, r => r.Direction == Direction.Egress);
        Assert.Equal(("new pods app=web in namespace a", "", "", "http"), (row.Peers.Text, row.Ports.ToString(), row.Some.ToString(), row.Names.Single()));
    }

    /// <summary>Where an ipBlock matches pods, what a new pod gets depends on its address.</summary>
    [Fact]
    public void AddressesOfNewPodsCountWhereBlocksMatchPods()
    {
        var rule = Rule([new NetworkPolicyPeer(null, null, new IpBlock(IpPrefix.Parse("10.0.0.0/8"), [], SourceSpan.None), SourceSpan.None)], 80);
        Assert.DoesNotContain(Build(rule).Rows, r => r.Peers is ExposedTo.EntireCluster && r.Direction == Direction.Ingress);
        var row = Assert.Single(Build(new GraphOptions(IpBlockMatchesPods: true), [rule]).Rows, r => r.Peers is ExposedTo.EntireCluster && r.Direction == Direction.Ingress);
        Assert.Equal(("", "TCP 80"), (row.Ports.ToString(), row.Some.ToString()));
    }

    [Fact]
    public void ARowNamesTheRulesThatOpenIt()
    {
        var row = Build(Rule([Peer(pods: "app=web")], 80), Rule([Peer(pods: "app=cart")], 81)).Rows.First(r => r.Peers.Text.Contains("cart", StringComparison.Ordinal));
        Assert.Equal([1], row.Rules.Select(r => r.Value));
        Assert.True(row.IsIsolated);
    }

    [Fact]
    public void TooManyKindsOfPodsAreAFinding()
    {
        var rules = Enumerable.Range(0, 13).Select(i => Rule([Peer(pods: $"key{i}=x")], (ushort)(80 + i))).ToArray();
        var report = Build(rules);
        Assert.Equal(["a/x[Pod]"], report.Skipped.Select(w => w.Text));
        Assert.DoesNotContain(report.Rows, r => r.Direction == Direction.Ingress && r.Peers is not ExposedTo.Outside);
        Assert.Equal(
            ["policyc: warning NP0043: selectors of the rules for a/x[Pod] tell more than 4,096 kinds of new pods apart, so its exposure is left out (1 such workload)"],
            ExposureDiagnostics.Check(report).Select(d => d.ToString()));
        Assert.Empty(ExposureDiagnostics.Check(Build(rules[..8])));
    }

    private static List<string> Rows(ExposureReport report)
    {
        // Only the direction that a test restricts, if it restricts one.
        var isolates = report.Rows.Any(r => r.IsIsolated);
        return [.. report.Rows.Where(r => r.IsIsolated == isolates).Select(r => $"{(r.Direction == Direction.Ingress ? "ingress" : "egress")} {r.Peers}: {r.Ports}")];
    }

    private static ExposureReport Build(params NetworkPolicyRule[] ingress) => Build(new GraphOptions(), ingress);

    private static ExposureReport Build(GraphOptions options, NetworkPolicyRule[] ingress) => Build(options, ingress, []);

    private static ExposureReport Build(GraphOptions options, NetworkPolicyRule[] ingress, NetworkPolicyRule[] egress)
    {
        var cluster = new ClusterView
        {
            Namespaces = [.. new[] { "a", "b" }.Select(n => new Namespace(n, LabelSet.Empty.WithDefault(Namespace.NameLabel, n), false, SourceSpan.None))],
            Endpoints =
            [
                new Endpoint
                {
                    Namespace = "a", Name = "x", Labels = LabelSet.Empty, Addresses = [IpAddress.Parse("10.0.0.1")], WorkloadKind = "Pod", WorkloadName = "x", Span = SourceSpan.None,
                },
            ],
        };
        var types = new[] { (NetworkPolicyType.Ingress, ingress), (NetworkPolicyType.Egress, egress) }.Where(t => t.Item2.Length > 0).Select(t => t.Item1).ToImmutableArray();
        ImmutableArray<PolicyObject> policies = types.IsEmpty ? [] : [new NetworkPolicy("a", "p", LabelSelector.Everything, types, [.. ingress], [.. egress], SourceSpan.None)];
        var tables = PolicyTablesBuilder.Build(RuleGraphBuilder.Build(new CompilerInput(new PolicySet(policies), cluster), options).Value!).Value!;
        return ExposureBuilder.Build(tables, ConnectivityBuilder.Build(tables));
    }

    private static NetworkPolicyRule Rule(NetworkPolicyPeer[] peers, ushort port) => Rule(peers, new NetworkPolicyPort(null, port, null, null, SourceSpan.None));

    private static NetworkPolicyRule Rule(NetworkPolicyPeer[] peers, NetworkPolicyPort port) => new([.. peers], [port], SourceSpan.None);

    private static NetworkPolicyPeer Peer(string? pods = null, string? namespaces = null) => new(Selector(pods), Selector(namespaces), null, SourceSpan.None);

    /// <summary><c>key=value</c>, <c>key!=value</c>, or empty for everything.</summary>
    private static LabelSelector? Selector(string? text)
    {
        if (text is null or "")
        {
            return text is null ? null : LabelSelector.Everything;
        }

        var parts = text.Split("!=");
        var (key, value) = parts.Length == 2 ? (parts[0], parts[1]) : (text.Split('=')[0], text.Split('=')[1]);
        return new LabelSelector([new LabelRequirement(key, parts.Length == 2 ? SelectorOperator.NotIn : SelectorOperator.In, [value], SourceSpan.None)], SourceSpan.None);
    }
}
