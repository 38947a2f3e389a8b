using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Lint;

namespace PolicyCompiler.Frontend.Tests.Lint;

public sealed class LintConfigurationReaderTests
{
    [Fact]
    public void SeveritiesByCode()
    {
        var read = Read("lint:\n  severity: {NP8001: error, NP8002: warning, NP8006: info, NP2203: off, 'NP8020': 'off'}\n");
        Assert.True(read.Succeeded, string.Join('\n', read.Diagnostics));
        var severities = read.Value!.Severities;
        Assert.Equal((DiagnosticSeverity.Error, DiagnosticSeverity.Warning, DiagnosticSeverity.Information), (severities["NP8001"], severities["NP8002"], severities["NP8006"]));
        Assert.Null(severities["NP2203"]);
        Assert.Null(severities["NP8020"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("lint:\n")]
    [InlineData("lint: {severity: }\n")]
    public void ATextThatSaysNothing(string text)
    {
        Assert.Empty(Read(text).Diagnostics);
        Assert.Empty(Read(text).Value!.Severities);
    }

    [Theory]
    [InlineData("lnit: {}", "NP1050(1,1)")]
    [InlineData("lint: {severities: {}}", "NP1050(1,8)")]
    [InlineData("lint: {severity: {NP8001: fatal}}", "NP0071(1,27)")]
    [InlineData("lint: {severity: {NP8001: [off]}}", "NP0071(1,27)")]
    [InlineData("lint: {severity: {NP8001: }}", "NP0071(1,27)")]
    [InlineData("lint: {severity: {NP9999: off}}", "NP0070(1,19)")]
    [InlineData("lint: {severity: {NP1050: off}}", "NP0070(1,19)")]
    [InlineData("lint: {severity: {NP2002: off}}", "NP0070(1,19)")]
    [InlineData("lint: {severity: {NP8901: off}}", "NP0070(1,19)")]
    [InlineData("lint: {severity: {NP8001: off, NP8001: error}}", "NP1006(1,32)")]
    [InlineData("lint: off", "NP1051(1,7)")]
    [InlineData("- lint", "NP1051(1,1)")]
    [InlineData("lint: {}\n---\nlint: {}\n", "NP0072(3,1)")]
    [InlineData("lint: {", "NP1001(2,1)")]
    public void WhatIsNotKnownIsAnError(string text, string expected)
    {
        var read = Read(text);
        Assert.False(read.Succeeded);
        var finding = Assert.Single(read.Diagnostics);
        Assert.Equal(expected, $"{finding.Code}({finding.Span.Line},{finding.Span.Column})");
    }

    private static Stage<Core.Lint.LintConfiguration> Read(string text) => LintConfigurationReader.Read(new SourceText(".policyc.yaml", ".policyc.yaml", text));
}
