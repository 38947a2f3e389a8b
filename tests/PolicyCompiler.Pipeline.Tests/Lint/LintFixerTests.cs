using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Pipeline.Lint;
using static PolicyCompiler.Pipeline.Tests.Lint.Linting;

namespace PolicyCompiler.Pipeline.Tests.Lint;

public sealed class LintFixerTests
{
    private const string Spec = """
        podSelector: {matchLabels: {app: web}}
        ingress:
        # the cart of old
        - from:
          - podSelector: {matchLabels: {app: api}}
          ports:
          - port: 80 # http
        # everyone behind
        - from:
          - podSelector: {matchExpressions: [{key: app, operator: In, values: [api, db]}]}
        """;

    [Fact]
    public void ARedundantRuleGoesAndNothingElse()
    {
        var fix = Fix(Policy(Spec));
        Assert.Equal(Policy("""
            podSelector: {matchLabels: {app: web}}
            ingress:
            # everyone behind
            - from:
              - podSelector: {matchExpressions: [{key: app, operator: In, values: [api, db]}]}
            """), fix.Texts.Single().Text);
        Assert.Equal("NP8001", fix.Fixed.Single().Diagnostic.Code);
        Assert.Empty(fix.Findings);
    }

    [Fact]
    public void WhatOnlyThesePodsMakeRedundantStays()
    {
        var fix = Fix(Policy(Spec.Replace("{matchExpressions: [{key: app, operator: In, values: [api, db]}]}", "{matchLabels: {tier: back}}", StringComparison.Ordinal)));
        Assert.Empty(fix.Texts);
        Assert.Empty(fix.Findings);
    }

    [Fact]
    public void WhatCannotBeDeletedIsNamed()
    {
        var fix = Fix(Policy("podSelector: {matchLabels: {app: web}}\ningress: [{from: [{podSelector: {matchLabels: {app: api}}}]}, {from: [{podSelector: {matchLabels: {app: api}}}]}]"));
        Assert.Empty(fix.Texts);
        Assert.Equal("NP8910", fix.Findings.Single().Code);
        Assert.Contains("brackets", fix.Findings.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsSuppressedStays() => Assert.Empty(Fix(Policy(Spec.Replace(
        "- from:\n  - podSelector: {matchLabels: {app: api}}", "- from: # policyc:ignore NP8001 because I like it\n  - podSelector: {matchLabels: {app: api}}", StringComparison.Ordinal))).Texts);

    [Fact]
    public void NothingIsWrittenWhenADecisionWouldChange()
    {
        // A finding that claims too much, as a bug would make it.
        var compilation = Compile(Policy(Spec));
        var unit = RemovableUnitBuilder.Build(compilation.Input!.Policies, compilation.Graph!).Single(u => u.Place == "ingress[1]");
        var wrong = new LintFinding(LintDiagnostics.RedundantRule.At(unit.Span, unit, "nothing"), new RedundantUnit(unit, RedundancyKind.Redundant, LintScope.AnyPods, [], false));
        var fix = LintFixer.Prepare(compilation, [wrong], new GraphOptions());
        Assert.Empty(fix.Texts);
        Assert.Empty(fix.Fixed);
        Assert.Equal("NP8911", fix.Findings.Single().Code);
        Assert.Contains("ingress of shop/web", fix.Findings.Single().Message, StringComparison.Ordinal);
    }

    private static LintFix Fix(string policies)
    {
        var compilation = Compile(policies);
        return LintFixer.Prepare(compilation, LintRun.Check(compilation, LintConfiguration.Default).Findings, new GraphOptions());
    }
}
