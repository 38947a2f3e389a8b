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

    public string Text { get; } = text;

    /// <summary>The text of a line without its end; empty for a line that does not exist.</summary>
    /// <param name="number">1-based.</param>
    public string Line(int number)
    {
        var starts = _lineStarts ??= FindLineStarts();
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
        for (var i = Text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = Text.IndexOf('\n', i + 1))
        {
            starts.Add(i + 1);
        }

        return [.. starts];
    }
}
