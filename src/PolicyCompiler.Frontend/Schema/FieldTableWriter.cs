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

    public static string Write(IReadOnlyList<PolicySchema> schemas)
    {
        var text = new StringBuilder(Head);
        var sections = new List<ObjectType>();
        foreach (var schema in schemas)
        {
            text.Append($"\n## {schema.Kind}\n\n{string.Join(" and ", schema.ApiVersions.Select(v => $"`{v}`"))}\n\n");
            AppendTable(text, schema.Root, "", sections);
        }

        text.Append("\n## Objects in several places\n");
        for (var i = 0; i < sections.Count; i++)
        {
            text.Append($"\n### {sections[i].Title}\n\n");
            AppendTable(text, sections[i], "", sections);
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, ObjectType type, string prefix, List<ObjectType> sections)
    {
        text.Append("| field | type | status | meaning |\n|---|---|---|---|\n");
        AppendRows(text, type, prefix, sections);
    }

    private static void AppendRows(StringBuilder text, ObjectType type, string prefix, List<ObjectType> sections)
    {
        foreach (var field in type.Fields)
        {
            var (path, inner) = Inner(prefix + field.Name, field.Type);
            var isRejected = field.Status == FieldStatus.Rejected;
            var name = field.IsRequired ? $"**`{prefix}{field.Name}`**" : $"`{prefix}{field.Name}`";
            text.Append($"| {name} | {TypeName(field.Type, isRejected)} | {Status(field)} | {field.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            if (inner is null || isRejected)
            {
                continue;
            }

            if (inner.Title is null)
            {
                AppendRows(text, inner, path + ".", sections);
            }
            else if (sections.TrueForAll(s => s.Title != inner.Title))
            {
                sections.Add(inner);
            }
        }
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
        FieldType.Text { Words.Count: > 0 and <= 6 } words => string.Join(", ", words.Words.Select(w => $"`{w}`")),
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
