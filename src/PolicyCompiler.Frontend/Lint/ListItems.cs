namespace PolicyCompiler.Frontend.Lint;

/// <summary>A YAML list as it is written.</summary>
internal sealed class ListItems(bool isBlock)
{
    /// <summary>One item under the other, not between brackets.</summary>
    public bool IsBlock { get; } = isBlock;

    public List<ListItem> Items { get; } = [];
}
