using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Differences of inputs that are compiled from their texts.</summary>
public sealed class DiffOfTextsTests
{
    private const string Client = "---\n{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}}, status: {podIP: 10.0.0.1}}\n";

    [Fact]
    public void AWorkloadThatTakesTheNameOfAnotherIsAdded()
    {
        var old = Tables(Workload("StatefulSet") + Client);
        var @new = Tables(Workload("StatefulSet") + Workload("Deployment") + Client);
        Assert.Equal(["shop/web", "shop/web-statefulset"], @new.Graph.Cluster.Endpoints.Where(e => e.StandsForPods).Select(e => e.Reference));
        Assert.All(DiffBuilder.Build(old, @new).Differences, d => Assert.Equal(ChangeKind.Added, d.Kind));
        Assert.Equal(["shop/web[Deployment]"], Ends(old, @new));
        Assert.Equal(["shop/web[Deployment]"], Ends(@new, old));
    }

    [Fact]
    public void ABarePodIsNotTheWorkloadOfItsName()
    {
        var old = Tables(Workload("Deployment") + Client);
        var @new = Tables("---\n{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, status: {podIP: 10.0.0.2}}\n" + Client);
        Assert.Equal(["shop/web[Deployment]", "shop/web[Pod]"], Ends(old, @new));
    }

    [Fact]
    public void AWorkloadIsTheSameWhateverItsEndIsCalled()
    {
        // The pod of another owner takes the name on one side.
        var pod = "---\n{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, ownerReferences: [{kind: Job, name: j, controller: true}]}, status: {podIP: 10.0.0.2}}\n";
        Assert.Equal(["shop/j[Job]"], Ends(Tables(Workload("Deployment") + Client), Tables(Workload("Deployment") + pod + Client)));
    }

    [Fact]
    public void AnAuthenticationThatAlwaysFailsDeniesWhatARequiredOneAllows()
    {
        const string policy = """
            ---
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {name: web, namespace: shop}
            spec:
              endpointSelector: {matchLabels: {app: web}}
              ingress:
              - fromEndpoints: [{matchLabels: {app: client}}]
                authentication: {mode: MODE}

            """;
        PolicyTables With(string mode) => Tables(Workload("Deployment") + Client + policy.Replace("MODE", mode, StringComparison.Ordinal));
        var difference = Assert.Single(DiffBuilder.Build(With("required"), With("test-always-fail")).Differences);
        Assert.Equal((ChangeKind.Narrowed, false), (difference.Kind, difference.After.Passes));
    }

    /// <summary>The ends that only one side has, by the flows from the client.</summary>
    private static IEnumerable<string> Ends(PolicyTables old, PolicyTables @new) => DiffBuilder.Build(old, @new).Differences
        .Where(d => d.Kind is ChangeKind.Added or ChangeKind.Removed && d.Sources.Any(s => s.Text == "shop/client[Pod]"))
        .SelectMany(d => d.Destinations).Select(e => e.Text).Distinct().Order(StringComparer.Ordinal);

    private static string Workload(string kind) =>
        $"---\n{{apiVersion: apps/v1, kind: {kind}, metadata: {{name: web, namespace: shop}}, spec: {{template: {{metadata: {{labels: {{app: web}}}}}}}}}}\n";

    private static PolicyTables Tables(string text)
    {
        var input = InputReader.Read([new SourceText("all.yaml", "all.yaml", text)]);
        Assert.True(input.Succeeded, string.Join('\n', input.Diagnostics));
        return PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input.Value!, new GraphOptions()).Value!).Value!;
    }
}
