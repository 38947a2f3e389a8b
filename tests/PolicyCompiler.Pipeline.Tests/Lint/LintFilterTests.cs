using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Pipeline.Lint;
using static PolicyCompiler.Pipeline.Tests.Lint.Linting;

namespace PolicyCompiler.Pipeline.Tests.Lint;

/// <summary>Severities and suppressions.</summary>
public sealed class LintFilterTests
{
    private const string Open = "podSelector: {matchLabels: {app: web}}\ningress:\n";

    private const string Item = "- from: [{ipBlock: {cidr: 0.0.0.0/0}}]";

    [Fact]
    public void ASeverityIsSetByCode()
    {
        var compilation = Compile(Policy(Open + Item));
        LintResult With(DiagnosticSeverity? severity) => LintRun.Check(compilation, new LintConfiguration(
            ImmutableDictionary<string, DiagnosticSeverity?>.Empty.Add("NP8020", severity)));
        Assert.Equal(DiagnosticSeverity.Warning, LintRun.Check(compilation, LintConfiguration.Default).Findings.Single().Diagnostic.Severity);
        Assert.Equal(DiagnosticSeverity.Error, With(DiagnosticSeverity.Error).Findings.Single().Diagnostic.Severity);
        Assert.Empty(With(null).Findings);
    }

    [Theory]
    [InlineData(Item + " # policyc:ignore NP8020 because it is the front door", "", 1)]
    [InlineData("# policyc:ignore NP8020 because it is the front door\n" + Item, "", 1)]
    [InlineData("# policyc:ignore NP8020\n" + Item, "NP8901@7 NP8020@8", 0)]
    [InlineData("# policyc:ignore NP8020, NP8002 because it is the front door\n" + Item, "NP8902@7", 1)]
    [InlineData("# policyc:ignore NP8020, NP9020 because it is the front door\n" + Item, "NP8903@7", 1)]
    [InlineData(Item + "\n# policyc:ignore NP8020 because it is the front door", "NP8020@7 NP8902@8", 0)]
    public void ASuppressionHasAReasonAndAFinding(string rules, string expected, int suppressed)
    {
        var result = LintRun.Check(Compile(Policy(Open + rules)), LintConfiguration.Default);
        Assert.Equal(expected, string.Join(' ', result.Findings.Select(Describe)));
        Assert.Equal(suppressed, result.Suppressed);
    }

    [Fact]
    public void EachIdlePolicyIsNamedInPlaceOfTheirNumber()
    {
        var idle = Policy("podSelector: {matchLabels: {tier: middle}}\npolicyTypes: [Ingress]");
        var compilation = Compile($"{idle}---\n{idle.Replace("name: p", "name: q", StringComparison.Ordinal)}");
        Assert.Equal("NP2002", compilation.Diagnostics.Single().Code);
        Assert.Equal(["NP8007", "NP8007"], LintRun.Check(compilation, LintConfiguration.Default).Findings.Select(f => f.Diagnostic.Code));
    }
}
