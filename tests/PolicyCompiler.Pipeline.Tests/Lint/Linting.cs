using System.Collections.Immutable;
using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;

namespace PolicyCompiler.Pipeline.Tests.Lint;

/// <summary>Policies as text, checked over a small cluster: shop has web, api and db, bank has till.</summary>
internal static class Linting
{
    private const string Cluster = """

        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: red}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: bank, labels: {team: blue}}}
        ---
        {apiVersion: v1, kind: Node, metadata: {name: node1}, status: {addresses: [{type: InternalIP, address: 172.16.0.1}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}, spec: {nodeName: node1, containers: [{name: c, ports: [{name: http, containerPort: 80}]}]}, status: {podIP: 10.0.0.1}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: api, namespace: shop, labels: {app: api, tier: back}}, spec: {containers: [{name: c, ports: [{containerPort: 8080}]}]}, status: {podIP: 10.0.0.2}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db, tier: back}}, spec: {containers: [{name: c}]}, status: {podIP: 10.0.0.3}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: till, namespace: bank, labels: {app: till}}, spec: {containers: [{name: c}]}, status: {podIP: 10.0.0.4}}

        """;

    public static Compilation Compile(string policies, string? more = null)
    {
        ImmutableArray<SourceText> sources = [new SourceText("policy.yaml", "policy.yaml", policies), new SourceText("cluster.yaml", "cluster.yaml", Cluster + more)];
        var input = InputReader.Read(sources);
        Assert.True(input.Succeeded, string.Join('\n', input.Diagnostics));
        var graph = RuleGraphBuilder.Build(input.Value!, new GraphOptions());
        Assert.True(graph.Succeeded, string.Join('\n', graph.Diagnostics));
        var tables = PolicyTablesBuilder.Build(graph.Value!);
        return new Compilation { Sources = sources, Input = input.Value, Graph = graph.Value, Tables = tables.Value, Diagnostics = graph.Diagnostics };
    }

    public static ImmutableArray<LintFinding> Check(string policies, string? more = null)
    {
        var compilation = Compile(policies, more);
        return Linter.Check(compilation.Input!.Policies, compilation.Tables!);
    }

    /// <summary>As in <c>NP8001@12 NP8020@4</c>.</summary>
    public static string Codes(string policies, string? more = null) => string.Join(' ', Check(policies, more).Select(Describe));

    public static string Describe(LintFinding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"{finding.Diagnostic.Code}@{finding.Diagnostic.Span.Line}");

    /// <summary>A NetworkPolicy of shop with its spec in block style: spec's first line is line 5.</summary>
    public static string Policy(string spec, string name = "p") =>
        $"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{namespace: shop, name: {name}}}\nspec:\n"
        + string.Concat(spec.Split('\n').Select(l => $"  {l}\n"));

    /// <summary>The same of a CiliumNetworkPolicy.</summary>
    public static string Cilium(string spec, string name = "c") =>
        Policy(spec, name).Replace("networking.k8s.io/v1", "cilium.io/v2", StringComparison.Ordinal).Replace("kind: NetworkPolicy", "kind: CiliumNetworkPolicy", StringComparison.Ordinal);

    /// <summary>An AdminNetworkPolicy.</summary>
    public static string Admin(string spec, string name = "a") =>
        Policy(spec, name).Replace("networking.k8s.io/v1", "policy.networking.k8s.io/v1alpha1", StringComparison.Ordinal)
            .Replace("kind: NetworkPolicy", "kind: AdminNetworkPolicy", StringComparison.Ordinal).Replace("namespace: shop, ", "", StringComparison.Ordinal);
}
