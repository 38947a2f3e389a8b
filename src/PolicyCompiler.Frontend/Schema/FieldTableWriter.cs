using System.Text;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>
/// docs/fields.md: a table of fields a kind. Objects with a title that stand in several places have their own tables, as
/// do those that differ between kinds in nothing that the tables say.
/// </summary>
internal static class FieldTableWriter
{
    private const string Head = """
        # Fields

        Every field of every kind of policy that `policyc` reads, and what becomes of it. A field that is not here is an error ([NP1050](diagnostics/NP1050.md)).

        | status | what it means |
        |---|---|
        | compiled | verdicts follow it |
        | carried for a proxy | the verdict leads to a proxy, which must enforce it; it is in the bundle ([proxy format](proxy-format.md)) |
        | metadata | accepted; no verdict depends on it |
        | rejected | an error, with its code |

        `[]` stands for each item of a list. **Bold** fields are required. [JSON Schemas](schema) for editors come from the same source as this page.

        """;

    private const int MaxWords = 20;

    public static string Write(IReadOnlyList<PolicySchema> schemas)
    {
        var text = new StringBuilder(Head);
        var sections = new List<ObjectType>();
        foreach (var schema in schemas)
        {
            text.Append($"\n## {schema.Kind}\n\n{string.Join(" and ", schema.ApiVersions.Select(v => $"`{v}`"))}\n\n");
            AppendTable(text, schema.Root, sections);
        }

        text.Append("\n## Objects in several places\n");
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < sections.Count; i++)
        {
            var table = new StringBuilder();
            AppendTable(table, sections[i], sections);
            if (written.TryAdd(sections[i].Title!, table.ToString()))
            {
                text.Append($"\n### {sections[i].Title}\n\n{table}");
            }
            else if (written[sections[i].Title!] != table.ToString())
            {
                throw new InvalidOperationException($"two objects have the title {sections[i].Title}");
            }
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, ObjectType type, List<ObjectType> sections)
    {
        text.Append("| field | type | status | meaning |\n|---|---|---|---|\n");
        AppendRows(text, type, "", sections);
    }

    /// <summary>Fields of which the same is said share a row.</summary>
    private static void AppendRows(StringBuilder text, ObjectType type, string prefix, List<ObjectType> sections)
    {
        var fields = type.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            var names = Name(prefix, fields[i]);
            while (i + 1 < fields.Count && fields[i + 1] with { Name = fields[i].Name } == fields[i])
            {
                names += ", " + Name(prefix, fields[++i]);
            }

            AppendRow(text, names, fields[i]);
            var (path, inner) = Inner(prefix + fields[i].Name, fields[i].Type);
            if (inner is null || fields[i].Status == FieldStatus.Rejected)
            {
                continue;
            }

            if (inner.Title is null)
            {
                AppendRows(text, inner, path + ".", sections);
            }
            else if (!sections.Contains(inner))
            {
                sections.Add(inner);
            }
        }
    }

    private static string Name(string prefix, PolicyField field) => field.IsRequired ? $"**`{prefix}{field.Name}`**" : $"`{prefix}{field.Name}`";

    private static void AppendRow(StringBuilder text, string names, PolicyField field)
    {
        var meaning = field.Meaning.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
        text.Append($"| {names} | {TypeName(field.Type, field.Status == FieldStatus.Rejected)} | {Status(field)} | {meaning} |\n");
    }

    private static (string Path, ObjectType? Inner) Inner(string path, FieldType type) => type switch
    {
        FieldType.List list => Inner(path + "[]", list.Item),
        _ => (path, type as ObjectType),
    };

    private static string Status(PolicyField field)
    {
        var text = field.Status switch
        {
            FieldStatus.Compiled => "compiled",
            FieldStatus.Carried => "carried for a proxy",
            FieldStatus.Metadata => "metadata",
            _ => "rejected",
        };
        var code = field.Finding is { Code: var c } ? $" [{c}](diagnostics/{c}.md)" : "";
        return field.IsDeprecated ? $"{text}, deprecated{code}" : text + code;
    }

    private static string TypeName(FieldType type, bool isRejected) => type switch
    {
        FieldType.Anything => "any",
        FieldType.Boolean => "boolean",
        FieldType.Text { Words.Count: > 0 and <= MaxWords } words => string.Join(", ", words.Words.Select(w => $"`{w}`")),
        FieldType.Text => "text",
        FieldType.Number number => $"{number.Min} to {number.Max}",
        FieldType.NumberOrText => "number or text",
        FieldType.Map => "map of text",
        FieldType.List list => "list: " + TypeName(list.Item, isRejected),
        ObjectType { Title: { } title } when !isRejected => $"[{title}](#{Anchor(title)})",
        _ => "object",
    };

    /// <summary>As GitHub makes it of a heading.</summary>
    private static string Anchor(string title) =>
        string.Concat(title.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c));
}
