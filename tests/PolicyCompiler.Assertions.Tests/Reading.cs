using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Assertions.Tests;

internal static class Reading
{
    public static Stage<AssertionSuite> Read(string text) => FlowFileReader.Read(new SourceText("t.flow", "t.flow", text));

    /// <summary>The only assertion of a text that has no findings.</summary>
    public static Assertion One(string assertion, string definitions = "")
    {
        var read = Read($"{definitions}\ntest \"t\" {{\n  {assertion}\n}}\n");
        Assert.Empty(read.Diagnostics);
        return Assert.Single(Assert.Single(read.Value!.Tests).Assertions);
    }

    /// <summary>Lines <c>CODE line:column</c>.</summary>
    public static string Findings(string text) =>
        string.Join('\n', Read(text).Diagnostics.Select(d => FormattableString.Invariant($"{d.Code} {d.Span.Line}:{d.Span.Column}")));
}
