using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Lint;

namespace PolicyCompiler.Frontend.Tests.Lint;

/// <summary>Items are named by the line and column behind their dash.</summary>
public sealed class ListItemRemoverTests
{
    [Theory]
    [InlineData("a:\n- one\n- two\n- three\n", 3, 3, "a:\n- one\n- three\n")]
    [InlineData("a:\n- x: 1\n  y:\n  - 2\n  - 3\n- z: 1\nb: 1\n", 2, 3, "a:\n- z: 1\nb: 1\n")]
    [InlineData("a:\n- z: 1\n- x: 1\n  y:\n  - 2\n\n# after\nb: 1\n", 3, 3, "a:\n- z: 1\n\n# after\nb: 1\n")]
    [InlineData("a:\n  # of one\n  - one\n  # of two\n  # and more\n  - two\n", 6, 5, "a:\n  # of one\n  - one\n")]
    [InlineData("a:\n  - one\n  - two # of two\n  - three\n", 3, 5, "a:\n  - one\n  - three\n")]
    [InlineData("a:\n- {x: 1,\n   y: 2}\n- z\n", 2, 3, "a:\n- z\n")]
    [InlineData("a:\n- |\n  text\n  more\n- z\n", 2, 3, "a:\n- z\n")]
    [InlineData("a:\n- x: |\n    text\n- z\n", 2, 3, "a:\n- z\n")]
    [InlineData("a:\n- x: 'one\n    two'\n- z\n", 2, 3, "a:\n- z\n")]
    [InlineData("a:\n- x:\n- z\n", 2, 3, "a:\n- z\n")]
    [InlineData("a:\r\n- one\r\n- two", 3, 3, "a:\r\n- one\r\n")]
    [InlineData("a:\n- one\n- two", 2, 3, "a:\n- two")]
    [InlineData("---\na:\n- one\n---\nb:\n- two\n- three\n", 6, 3, "---\na:\n- one\n---\nb:\n- three\n")]
    public void AnItemGoesWithItsLines(string text, int line, int column, string expected)
    {
        var removal = Remove(text, (line, column));
        Assert.Equal(expected, removal.Text);
        Assert.Empty(removal.Kept);
        Assert.Equal([line], removal.Removed.Select(r => r.Line));
    }

    [Theory]
    [InlineData("a: [one, two]\n", 1, 5, "brackets")]
    [InlineData("a:\n- one\n", 2, 3, "last item")]
    [InlineData("a:\n- &x one\n- two\nb: *x\n", 2, 3, "anchor")]
    [InlineData("a:\n- x: &x 1\n- two\nb: *x\n", 2, 3, "anchor")]
    [InlineData("a:\n- - one\n  - two\n", 2, 5, "shares its line")]
    [InlineData("a:\n-\n  one\n- two\n", 3, 3, "shares its line")]
    [InlineData("a:\n- one\n- two\n", 7, 3, "another place")]
    [InlineData("{\"a\": [\n1,\n2]}\n", 2, 1, "brackets")]
    public void WhatCannotGoIsKeptWithTheReason(string text, int line, int column, string reason)
    {
        var removal = Remove(text, (line, column));
        Assert.Equal(text, removal.Text);
        Assert.Empty(removal.Removed);
        Assert.Contains(reason, Assert.Single(removal.Kept).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AListKeepsOneItem()
    {
        var removal = Remove("a:\n- one\n- two\n- three\n", (2, 3), (3, 3), (4, 3));
        Assert.Equal("a:\n- three\n", removal.Text);
        Assert.Equal(4, Assert.Single(removal.Kept).Item.Line);
    }

    private static ItemRemoval Remove(string text, params (int Line, int Column)[] items)
    {
        var source = new SourceText("a.yaml", "a.yaml", text);
        return ListItemRemover.Remove(source, items.Select(i => new SourceSpan(source, i.Line, i.Column, 0)));
    }
}
