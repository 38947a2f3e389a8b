namespace PolicyCompiler.Core.Diagnostics;

/// <summary>One input text.</summary>
/// <param name="path">How the user named it; findings print this.</param>
/// <param name="logicalPath">
/// Relative to the input it was found under, with '/' separators. Everything that ends in a bundle uses this one,
/// so that the bundle's bytes do not depend on where the checkout lies.
/// </param>
/// <param name="text">The text, decoded.</param>
public sealed class SourceText(string path, string logicalPath, string text)
{
    private int[]? _lineStarts;

    public string Path { get; } = path;

    public string LogicalPath { get; } = logicalPath;

    /// <summary>Its lines end with a line feed, a carriage return, or both.</summary>
    public string Text { get; } = text;

    public int LineCount => LineStarts.Length;

    private int[] LineStarts => _lineStarts ??= FindLineStarts();

    /// <summary>The text of a line without its end; empty for a line that does not exist.</summary>
    /// <param name="number">1-based.</param>
    public string Line(int number)
    {
        var starts = LineStarts;
        if (number < 1 || number > starts.Length)
        {
            return "";
        }

        var end = number < starts.Length ? starts[number] : Text.Length;
        return Text[starts[number - 1]..end].TrimEnd('\r', '\n');
    }

    public override string ToString() => Path;

    private int[] FindLineStarts()
    {
        var starts = new List<int> { 0 };
        for (var i = Text.AsSpan().IndexOfAny('\r', '\n'); i >= 0 && i < Text.Length;)
        {
            i += Text.AsSpan(i).StartsWith("\r\n") ? 2 : 1;
            starts.Add(i);
            var next = Text.AsSpan(i).IndexOfAny('\r', '\n');
            i = next < 0 ? -1 : i + next;
        }

        return [.. starts];
    }
}
