using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Policies.Admin;

/// <summary>The constraints that the schemas of these kinds put on every level: one field of several, list lengths, required fields.</summary>
internal sealed class AdminConstraints(FieldReader fields)
{
    private Findings Findings => fields.Findings;

    /// <summary>
    /// The one field that is set, or null, which has been reported. An unknown field is an error too: in these APIs it
    /// may be a peer of a later version, and whatever it selects must not be lost.
    /// </summary>
    /// <param name="item">The mapping.</param>
    /// <param name="what">What it is called: <c>a peer</c>.</param>
    /// <param name="choices">The fields it may have.</param>
    /// <param name="misplaced">Fields it may have elsewhere: the caller says what is wrong with them here.</param>
    public string? OneOf(YamlMapping item, string what, string[] choices, string[]? misplaced = null)
    {
        var known = misplaced is null ? choices : [.. choices.Union(misplaced, StringComparer.Ordinal)];
        fields.CheckFields(item, what, known);
        var set = known.Where(f => FieldReader.Find(item, f) is not null).ToList();
        if (set.Count > 1)
        {
            Findings.ReportField(AdminDiagnostics.SeveralOfOne, FieldReader.Find(item, set[1])!, what, set[0]);
        }
        else if (set.Count == 0 && item.Entries.All(e => known.Contains(e.Key.Text, StringComparer.Ordinal)))
        {
            // One with only a misspelt field has had its error.
            Findings.ReportField(AdminDiagnostics.NoneOfSeveral, item, what, Words(choices));
        }

        return set.Count == 1 ? set[0] : null;
    }

    /// <summary>A list that may be absent; when it is there it has from 1 to <paramref name="max"/> items.</summary>
    public IReadOnlyList<YamlNode> Items(YamlMapping parent, string name, int max, string ifEmpty)
    {
        var items = fields.Items(parent, name);
        if (items.Count == 0 && FieldReader.Find(parent, name) is YamlSequence empty)
        {
            Findings.ReportField(AdminDiagnostics.EmptyList, empty, ifEmpty);
        }

        CheckLength(parent, name, items.Count, max);
        return items;
    }

    public IEnumerable<YamlMapping> Mappings(YamlMapping parent, string name, int max, string ifEmpty)
    {
        Items(parent, name, max, ifEmpty);
        return FieldReader.Find(parent, name) is YamlSequence ? fields.Mappings(parent, name) : [];
    }

    public void CheckLength(YamlMapping parent, string name, int count, int max)
    {
        if (count > max)
        {
            Findings.ReportField(AdminDiagnostics.TooManyItems, parent.Find(name)!, count, max);
        }
    }

    /// <summary>The node of a field that must be there; null when it is not, which has been reported.</summary>
    public YamlNode? Required(YamlMapping parent, string name, string what, string hint)
    {
        var node = FieldReader.Find(parent, name);
        if (node is null)
        {
            Findings.ReportField(AdminDiagnostics.FieldMissing, parent, what, name, hint);
        }

        return node;
    }

    /// <summary>A mapping that must be there; null when it is not one, which has been reported.</summary>
    public YamlMapping? RequiredMapping(YamlMapping parent, string name, string what, string hint) =>
        Required(parent, name, what, hint) is null ? null : fields.Mapping(parent, name);

    /// <summary><c>a, b or c</c>.</summary>
    public static string Words(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
}
