using PolicyCompiler.Cli.Report;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Tests.Report;

public sealed class SourceSnippetTests
{
    private const string Text = """
        metadata: {name: first}
        spec:
          ingress:
          - from:
            - podSelector: {}

          - ports: []
        ---
        metadata: {name: second}
        a: 2
        b: 3
        c: 4
        d: 5
        e: 6
        f: 7
        g: 8
        h: 9
        i: 10
        """;

    [Fact]
    public void AnItemEndsWhereTheNextBegins()
    {
        var snippet = SourceSnippet.Of(At(4))!;
        Assert.Equal(["  - from:", "    - podSelector: {}"], snippet.Lines);
        Assert.False(snippet.IsCut);
    }

    [Theory]
    [InlineData(1, 7, "  - ports: []", false)]
    [InlineData(7, 1, "  - ports: []", false)]
    [InlineData(9, 9, "h: 9", true)]
    [InlineData(10, 9, "i: 10", false)]
    public void ADocumentEndsWithItself(int line, int count, string last, bool isCut)
    {
        var snippet = SourceSnippet.OfDocument(At(line))!;
        Assert.Equal((line, count, last, isCut), (snippet.First, snippet.Lines.Length, snippet.Lines[^1], snippet.IsCut));
    }

    [Fact]
    public void ATextThatIsNotAtHandHasNoLines()
    {
        var span = new SourceSpan(new SourceText("policy.yaml", "policy.yaml", ""), 3, 0, 0);
        Assert.Null(SourceSnippet.Of(span));
        Assert.Null(SourceSnippet.OfDocument(span));
        Assert.Null(SourceSnippet.OfDocument(SourceSpan.None));
    }

    private static SourceSpan At(int line) => new(new SourceText("policy.yaml", "policy.yaml", Text), line, 1, 0);
}
