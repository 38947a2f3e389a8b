using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

public sealed class SummaryTests
{
    private static readonly SourceText Source = new("policies/a_b.yaml", "a_b.yaml", "one\ntwo\n");

    [Fact]
    public void AnAcceptedCompileSaysBySomeKernel()
    {
        KernelRequirement.Require();
        var (exitCode, text) = Run("compile", Repository.CasePath("online-boutique"));
        Assert.Equal(0, exitCode);
        Assert.StartsWith("### policyc compile: passed\n\nAccepted by the verifier of Linux ", text, StringComparison.Ordinal);
        Assert.Contains("\nNo findings.\n", text, StringComparison.Ordinal);
        Assert.Contains("| programs | 13 objects ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExhaustiveVerifySaysWhatWasCompared()
    {
        KernelRequirement.Require();
        Assert.Matches("\nRule graph, tables and kernel agree of [0-9,]+ decisions[.]\n", Run("verify", Repository.CasePath("default-deny-both"), "--exhaustive").Text);
    }

    [Fact]
    public void UnverifiedIsLoud() => Assert.Contains(
        "\n> **NOT VERIFIED** (--verify none): no kernel has accepted these programs.\n",
        Run("compile", Repository.CasePath("online-boutique"), "--verify", "none").Text, StringComparison.Ordinal);

    [Fact]
    public void OtherCommandsTellTheirFindingsOnly() => Assert.Equal(
        "### policyc connectivity: passed\n\nNo findings.\n\n", Run("connectivity", Repository.CasePath("online-boutique")).Text);

    [Fact]
    public void WrongUsageHasASummaryToo() => Assert.Contains("| error | NP0000 |", Run("compile", "--misspelt").Text, StringComparison.Ordinal);

    [Fact]
    public void RunsOfOneJobFollowEachOther()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("summary.md", "earlier\n");
        PolicycProcess.Run("compile", "no-such-file", "--summary", file);
        PolicycProcess.Run("connectivity", "no-such-file", "--summary", file);
        var lines = File.ReadAllLines(file);
        Assert.Equal(["earlier", "### policyc compile: failed", "### policyc connectivity: failed"], lines.Where(l => l.StartsWith('#') || l == "earlier"));
    }

    [Fact]
    public void ErrorsComeFirstAndTextsShowAsTheyAre()
    {
        var run = new RunRecord
        {
            Findings =
            {
                CliDiagnostics.MachineLimits.At(SourceSpan.None, "a", "b", "c"),
                CliDiagnostics.Usage.At(new SourceSpan(Source, 2, 1, 3), "<b> & *x* | `y`\nz"),
                CliDiagnostics.Usage.At(new SourceSpan(Source, 0, 0, 0), "whole"),
            },
        };
        var pages = DocumentationLinks.PageOf("https://example.org/p", "NP0000")![..^"/NP0000.md".Length];
        Assert.Equal(
            $"""
            ### policyc compile: failed

            2 errors, 1 warning:

            | | code | place | finding |
            |---|---|---|---|
            | error | [NP0000]({pages}/NP0000.md) | policies/a\_b.yaml:2:1 | &lt;b&gt; &amp; \*x\* \| \`y\`<br>z |
            | error | [NP0000]({pages}/NP0000.md) | policies/a\_b.yaml | whole |
            | warning | [NP5023]({pages}/NP5023.md) |  | a: b; c |


            """,
            MarkdownSummary.Write("compile", run, 1, "https://example.org/p"));
    }

    [Theory]
    [InlineData("0.1.0", "https://example.org/p/blob/v0.1.0/docs/diagnostics/NP0000.md")]
    [InlineData("0.1.0-alpha.0", "https://example.org/p/blob/main/docs/diagnostics/NP0000.md")]
    public void AVersionWithoutATagLinksToThePageOfNow(string version, string page) =>
        Assert.Equal(page, DocumentationLinks.PageOf("https://example.org/p", version, "NP0000"));

    [Fact]
    public void ManyFindingsAreCounted()
    {
        var run = new RunRecord();
        run.Findings.AddRange(Enumerable.Repeat(CliDiagnostics.Usage.At(SourceSpan.None, "x"), 1203));
        var text = MarkdownSummary.Write("compile", run, 2, null);
        Assert.Contains("\n1,203 errors:\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\nand 1,003 more\n\n", text, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Text) Run(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "summary.md");
        var result = PolicycProcess.Run([.. arguments, "--summary", file]);
        return (result.ExitCode, File.ReadAllText(file));
    }
}
