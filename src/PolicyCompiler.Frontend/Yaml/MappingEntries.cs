using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Diagnostics;

namespace PolicyCompiler.Frontend.Yaml;

/// <summary>
/// The keys of a mapping while it is read. Its own keys win over merged ones wherever <c>&lt;&lt;</c> stands, and
/// earlier merged mappings over later ones (YAML merge key, yaml.org/type/merge.html).
/// </summary>
internal sealed class MappingEntries(Findings findings)
{
    private const int ScanLimit = 16;

    private readonly List<YamlEntry> _own = [];
    private List<YamlEntry>? _merged;
    private Dictionary<string, YamlScalar>? _index;

    public void Add(YamlScalar key, YamlNode value)
    {
        if (Find(key.Text) is { } first)
        {
            findings.Report(YamlDiagnostics.DuplicateKey, key.Span, Quote.Shorten(key.Text), first.Span.Line);
            return;
        }

        _own.Add(new YamlEntry(key, value));
        _index?.Add(key.Text, key);
    }

    /// <summary>Returns the number of entries it had to look at.</summary>
    public long Merge(YamlNode value, SourceSpan span)
    {
        switch (value)
        {
            case YamlMapping mapping:
                (_merged ??= []).AddRange(mapping.Entries);
                return mapping.Entries.Count;
            case YamlSequence sequence when sequence.Items.All(i => i is YamlMapping):
                return sequence.Items.Sum(i => Merge(i, span));
            default:
                findings.Report(YamlDiagnostics.MergeNotMapping, span, value.Description);
                return 0;
        }
    }

    public List<YamlEntry> ToList()
    {
        foreach (var (key, value) in _merged ?? [])
        {
            if (Find(key.Text) is null)
            {
                _own.Add(new YamlEntry(key, value));
                _index?.Add(key.Text, key);
            }
        }

        return _own;
    }

    private YamlScalar? Find(string key)
    {
        if (_index is null && _own.Count > ScanLimit)
        {
            _index = _own.ToDictionary(e => e.Key.Text, e => e.Key, StringComparer.Ordinal);
        }

        if (_index is not null)
        {
            return _index.GetValueOrDefault(key);
        }

        foreach (var entry in _own)
        {
            if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
            {
                return entry.Key;
            }
        }

        return null;
    }
}
