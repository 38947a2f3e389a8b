using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;
using PolicyCompiler.Pipeline.Agreement;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>The agreement check has teeth: each small fault in the tables makes it fail.</summary>
public sealed class MutationTests
{
    private const string Input = """
        apiVersion: v1
        kind: Pod
        metadata: {name: server, labels: {app: server}}
        status: {podIP: 10.1.0.1, phase: Running}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: client, labels: {app: client}}
        status: {podIP: 10.1.0.2, phase: Running}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: other, labels: {app: other}}
        status: {podIP: 10.1.0.3, phase: Running}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: server}
        spec:
          podSelector: {matchLabels: {app: server}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: client}}}]
            ports: [{port: 80, endPort: 90}]
          - from: [{ipBlock: {cidr: 192.0.2.0/24, except: [192.0.2.16/28]}}]
        """;

    private static readonly PolicyTables Tables = Build();

    private static DirectionPolicy ServerIngress =>
        Tables.Of(Tables.EndpointPolicies[Tables.EndpointPolicyIndex[Tables.Graph.Cluster.Endpoints.ToList().FindIndex(e => e.Name == "server")]], Direction.Ingress);

    [Fact]
    public void UnchangedTablesAgree() => AgreementAssert.Agrees(Tables, AgreementChecker.Check(Tables, kernel: null));

    [Fact]
    public void AFlippedVerdictCellIsFound()
    {
        var rowPages = ServerIngress.Rows.Select(r => (int)r.Page).ToList();
        foreach (var page in rowPages)
        {
            for (var column = 0; column < ServerIngress.Columns; column++)
            {
                var cell = (page * PolicyTables.PageSlots) + column;
                var word = new VerdictWord(Tables.Pages[cell]);
                var flipped = new VerdictWord(word.Action == VerdictAction.Allow ? VerdictAction.Drop : VerdictAction.Allow, word.Decision);
                AssertFound(Tables with { Pages = Tables.Pages.SetItem(cell, flipped.Value) });
            }
        }
    }

    [Fact]
    public void AWrongRuleInACellIsFound()
    {
        var cell = Enumerable.Range(0, Tables.Pages.Length).First(i => new VerdictWord(Tables.Pages[i]) is { Action: VerdictAction.Allow, Decision: DecisionInfo.FirstPolicyDecision });
        AssertFound(Tables with { Pages = Tables.Pages.SetItem(cell, new VerdictWord(VerdictAction.Allow, DecisionInfo.FirstPolicyDecision + 1).Value) });
    }

    [Fact]
    public void ASwappedIdentityClassIsFound()
    {
        var endpoints = Tables.Graph.Cluster.Endpoints;
        var identities = Tables.Identities.EndpointIdentities;
        var client = identities[endpoints.ToList().FindIndex(e => e.Name == "client")];
        var other = identities[endpoints.ToList().FindIndex(e => e.Name == "other")];
        // Two levels: the leaf page of small indexes is the first slot of the root.
        var leaf = (int)Tables.Pages[(int)ServerIngress.IdentityRoot * PolicyTables.PageSlots] * PolicyTables.PageSlots;
        var swapped = Tables.Pages.SetItem(leaf + client, Tables.Pages[leaf + other]).SetItem(leaf + other, Tables.Pages[leaf + client]);
        AssertFound(Tables with { Pages = swapped });
    }

    [Theory]
    [InlineData(79, 80)]
    [InlineData(91, 90)]
    public void APortRangeWidenedByOneIsFound(int outside, int inside)
    {
        var outsideSlot = PortLeaf(PortKey.Of(IpProtocol.Tcp, outside));
        var insideSlot = PortLeaf(PortKey.Of(IpProtocol.Tcp, inside));
        AssertFound(Tables with { Pages = Tables.Pages.SetItem(outsideSlot, Tables.Pages[insideSlot]) });
    }

    [Fact]
    public void ADroppedCidrExceptionIsFound()
    {
        var exception = Tables.Identities.IpCache.Single(e => e.Prefix == IpPrefix.Parse("192.0.2.16/28"));
        AssertFound(Tables with { Identities = Tables.Identities with { IpCache = Tables.Identities.IpCache.Remove(exception) } });
    }

    [Fact]
    public void AnAddressWithTheWrongIdentityIsFound()
    {
        var entry = Tables.Identities.IpCache.Single(e => e.Prefix == IpPrefix.Parse("10.1.0.2/32"));
        AssertFound(Tables with { Identities = Tables.Identities with { IpCache = Tables.Identities.IpCache.Replace(entry, entry with { IdentityIndex = Identity.WorldIPv4Index }) } });
    }

    [Fact]
    public void AnEndpointWithTheWrongPolicyIsFound()
    {
        var index = Tables.EndpointPolicyIndex;
        AssertFound(Tables with { EndpointPolicyIndex = [.. index.Reverse()] });
    }

    private static int PortLeaf(int key)
    {
        var page = ServerIngress.PortRoot;
        for (var shift = 12; shift > 0; shift -= 6)
        {
            page = Tables.Pages[((int)page * PolicyTables.PageSlots) + ((key >> shift) & 63)];
        }

        return ((int)page * PolicyTables.PageSlots) + (key & 63);
    }

    private static void AssertFound(PolicyTables mutated) => Assert.False(AgreementChecker.Check(mutated, kernel: null).Agrees);

    private static PolicyTables Build()
    {
        var input = InputReader.Read([new SourceText("input.yaml", "input.yaml", Input)]);
        Assert.Empty(input.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input.Value!, new GraphOptions()).Value!).Value!;
    }
}
