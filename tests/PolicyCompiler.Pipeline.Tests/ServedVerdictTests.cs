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
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: server}
        spec:
          podSelector: {matchLabels: {app: server}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: client}}}]
            ports: [{port: 80, endPort: 90}, {port: 53, protocol: UDP}]
          - from: [{ipBlock: {cidr: 192.0.2.0/24}}]
            ports: [{port: 443}]
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
        var proxies = MapContentsBuilder.Build(Build(VerdictAction.Redirect)).Single(m => m.Name == MapContentsBuilder.ProxyMap);

        Assert.Equal([64, 0, 0, 0, 65, 0, 0, 0], proxies.Keys);
        Assert.All(proxies.Values, b => Assert.Equal(0, b));
        Assert.Equal(0, MapContentsBuilder.Build(Build(VerdictAction.Allow)).Single(m => m.Name == MapContentsBuilder.ProxyMap).Count);
    }

    /// <summary>The tables of the policy, with another action for what its rules allow.</summary>
    private static PolicyTables Build(VerdictAction action)
    {
        var input = InputReader.Read([new SourceText("input.yaml", "input.yaml", Input)]);
        var tables = PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input.Value!, new GraphOptions()).Value!).Value!;
        VerdictWord Served(VerdictWord word) => word is { Action: VerdictAction.Allow, Decision: >= DecisionInfo.FirstPolicyDecision }
            ? new VerdictWord(action, word.Decision)
            : word;
        return tables with
        {
            Pages = [.. tables.Pages.Select(w => Served(new VerdictWord(w)).Value)],
            DirectionPolicies = [.. tables.DirectionPolicies.Select(p => p with
            {
                Entries = [.. p.Entries.Select(e => e with { Verdict = Served(e.Verdict) })],
            })],
        };
    }
}
