using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>A mapping with its keys in the order written; merge keys are already resolved.</summary>
internal sealed class YamlMapping : YamlNode
{
    public YamlMapping(SourceSpan span, IReadOnlyList<YamlEntry> entries)
        : base(span)
    {
        Entries = entries;
        foreach (var (key, value) in entries)
        {
            key.Parent ??= this;
            value.Parent ??= this;
            ExpandedNodes += 1 + value.ExpandedNodes;
        }
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    public override string Description => "a mapping";

    public YamlNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
            {
                return entry.Value;
            }
        }

        return null;
    }
}
