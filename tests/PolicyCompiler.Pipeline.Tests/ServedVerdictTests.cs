using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline.Agreement;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Verdicts that a proxy or an agent has to serve come out of the kernel as they are in the tables.</summary>
public sealed class ServedVerdictTests
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
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: server}
        spec:
          endpointSelector: {matchLabels: {app: server}}
          ingress:
          - fromEndpoints: [{matchLabels: {app: client}}]AUTHENTICATION
            toPorts: [{ports: [{port: "80", endPort: 90, protocol: TCP}]RULES}]
          - fromCIDR: [192.0.2.0/24]AUTHENTICATION
            toPorts: [{ports: [{port: "443", protocol: TCP}]RULES}]
        """;

    [Theory]
    [InlineData(VerdictAction.Redirect, ProgramFeatures.Redirects, 0)]
    [InlineData(VerdictAction.Redirect, ProgramFeatures.Redirects, ProgramPlanner.SpecialisedObjects)]
    [InlineData(VerdictAction.Authenticate, ProgramFeatures.Authenticates, 0)]
    [InlineData(VerdictAction.Authenticate, ProgramFeatures.Authenticates, ProgramPlanner.SpecialisedObjects)]
    [InlineData(VerdictAction.AuthenticateAndRedirect, ProgramFeatures.Redirects | ProgramFeatures.Authenticates, 0)]
    [InlineData(VerdictAction.AuthenticateAndRedirect, ProgramFeatures.Redirects | ProgramFeatures.Authenticates, ProgramPlanner.SpecialisedObjects)]
    public void KernelAndTablesAgree(VerdictAction action, ProgramFeatures features, int specialisedObjects)
    {
        KernelRequirement.Require();
        var tables = Build(action);
        var plans = ProgramPlanner.Plan(tables, specialisedObjects);
        Assert.Contains(features, plans.Select(p => p.Features));
        var objects = plans.Distinct().Select((plan, i) => new LlvmCodeGenerator().Generate($"served-{i}", plan).Value!);
        using var kernel = new KernelDatapath(tables, plans, objects, MapContentsBuilder.Build(tables));

        var report = AgreementChecker.Check(tables, kernel);

        AgreementAssert.Agrees(tables, report);
        Assert.NotEqual(0, report.KernelRuns);
    }

    [Fact]
    public void EveryRedirectingDecisionHasAPlaceForItsProxy()
    {
        var tables = Build(VerdictAction.Redirect);
        var proxies = MapContentsBuilder.Build(tables).Single(m => m.Name == MapContentsBuilder.ProxyMap);

        Assert.Equal(2, tables.Redirects.Length);
        Assert.Equal(tables.Redirects.SelectMany(r => BitConverter.GetBytes(r.Decision)), proxies.Keys);
        Assert.All(proxies.Values, b => Assert.Equal(0, b));
        Assert.Equal(0, MapContentsBuilder.Build(Build(VerdictAction.Allow)).Single(m => m.Name == MapContentsBuilder.ProxyMap).Count);
    }

    /// <summary>The tables of a policy that asks for the action.</summary>
    private static PolicyTables Build(VerdictAction action)
    {
        var text = Input
            .Replace("AUTHENTICATION", action.NeedsAuthentication() ? "\n    authentication: {mode: required}" : "", StringComparison.Ordinal)
            .Replace("RULES", action.Redirects() ? ", rules: {http: [{method: GET}]}" : "", StringComparison.Ordinal);
        var input = InputReader.Read([new SourceText("input.yaml", "input.yaml", text)]);
        Assert.True(input.Succeeded, string.Join('\n', input.Diagnostics));
        return PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input.Value!, new GraphOptions()).Value!).Value!;
    }
}
