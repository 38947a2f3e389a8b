namespace PolicyCompiler.Frontend.Lint;

/// <summary>An item of a YAML list as it is written.</summary>
internal sealed class ListItem(int line, int column, ListItems list)
{
    /// <summary>1-based, of the first character behind the dash.</summary>
    public int Line { get; } = line;

    /// <summary>1-based, in UTF-16 units.</summary>
    public int Column { get; } = column;

    public ListItems List { get; } = list;

    /// <summary>The last line that has some of it.</summary>
    public int LastLine { get; set; } = line;

    /// <summary>It defines an anchor, so that another place may refer to it.</summary>
    public bool HasAnchor { get; set; }
}
