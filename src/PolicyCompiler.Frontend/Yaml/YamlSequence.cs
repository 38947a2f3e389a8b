using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Yaml;

internal sealed class YamlSequence : YamlNode
{
    public YamlSequence(SourceSpan span, IReadOnlyList<YamlNode> items)
        : base(span)
    {
        Items = items;
        foreach (var item in items)
        {
            item.Parent ??= this;
            ExpandedNodes += item.ExpandedNodes;
        }
    }

    public IReadOnlyList<YamlNode> Items { get; }

    public override string Description => "a list";
}
