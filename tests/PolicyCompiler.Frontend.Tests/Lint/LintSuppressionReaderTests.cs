using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Lint;

namespace PolicyCompiler.Frontend.Tests.Lint;

public sealed class LintSuppressionReaderTests
{
    [Theory]
    [InlineData("a: 1 # policyc:ignore NP8001 because it is a test\n", "1: NP8001(1,23) because it is a test")]
    [InlineData("a: 1\n  # policyc:ignore NP8001, NP8002 because of #42\nb: 2\n", "3: NP8001(2,20),NP8002(2,28) because of #42")]
    [InlineData("#policyc:ignore NP8001 because x\n# policyc:ignore NP8002 because y\n# more\na: 1\n", "4: NP8001(1,17) because x; 4: NP8002(2,18) because y")]
    [InlineData("a: 1 # policyc:ignore NP8001\n", "1:  because ")]
    [InlineData("a: 1 # policyc:ignore NP8001 because \n", "1:  because ")]
    [InlineData("a: 1 # policyc:ignore\n", "1:  because ")]
    [InlineData("a: 1 # policyc:ignored NP8001 because x\n", "1:  because ")]
    [InlineData("a: [1, # policyc:ignore NP8001 because x\n  2]\n", "1: NP8001(1,25) because x")]
    [InlineData("a: 'policyc # policyc:ignore NP8001 because x'\n", "")]
    [InlineData("a: \"policyc:ignore\" # no mark\n", "")]
    [InlineData("a: |\n  # policyc:ignore NP8001 because x\nb: 2\n", "")]
    [InlineData("a: policyc#policyc:ignore NP8001 because x\n", "")]
    [InlineData("{\"a\": \"# policyc:ignore NP8001 because x\"}\n", "")]
    [InlineData("a: 1\r\n# policyc:ignore NP8001 because x\r\nb: 2\r\n", "3: NP8001(2,18) because x")]
    public void CommentsAreFound(string text, string expected) => Assert.Equal(
        expected,
        string.Join("; ", LintSuppressionReader.Read(new SourceText("a.yaml", "a.yaml", text))
            .Select(s => $"{s.Line}: {string.Join(',', s.Codes.Select(c => $"{c.Code}({c.Span.Line},{c.Span.Column})"))} because {s.Reason}")));

    [Fact]
    public void ATextThatIsNoYamlSuppressesNothing() =>
        Assert.Empty(LintSuppressionReader.Read(new SourceText("a.yaml", "a.yaml", "a: \"\n# policyc:ignore NP8001 because x\n")));
}
