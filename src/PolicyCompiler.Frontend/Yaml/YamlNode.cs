using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>A node of a parsed document. An alias is the very node its anchor names, so documents are acyclic graphs.</summary>
internal abstract class YamlNode(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>The collection it is written in; for a shared node the one that holds its anchor.</summary>
    public YamlNode? Parent { get; set; }

    /// <summary>Nodes of the tree with every alias written out.</summary>
    public long ExpandedNodes { get; protected set; } = 1;

    /// <summary>What messages call it: <c>a list</c>, <c>the number 80</c>.</summary>
    public abstract string Description { get; }
}
