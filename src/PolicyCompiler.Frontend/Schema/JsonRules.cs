using System.Text.Json.Nodes;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>The demands of fields on each other, as JSON Schema.</summary>
internal static class JsonRules
{
    /// <summary>Fields whose presence decides about others: a schema sees that from the name alone.</summary>
    public static HashSet<string> NamesThatMustNotBeNull(ObjectType type) => type.Rules.SelectMany(r => r switch
    {
        FieldRule.ExactlyOne one => one.Names,
        FieldRule.AtLeastOne one => one.Names,
        FieldRule.AtMostOne one => one.Names,
        FieldRule.NotBoth both => [both.First, both.Second],
        FieldRule.Needs needs => [needs.Name],
        FieldRule.When words => [words.Name],
        _ => throw new InvalidOperationException(),
    }).ToHashSet(StringComparer.Ordinal);

    public static void Add(JsonObject schema, ObjectType type)
    {
        var rules = type.Rules.Select(r => Rule(r, type)).ToList();
        if (rules.Count == 1)
        {
            foreach (var (name, value) in rules[0])
            {
                schema[name] = value?.DeepClone();
            }
        }
        else if (rules.Count > 1)
        {
            schema["allOf"] = new JsonArray([.. rules]);
        }
    }

    private static JsonObject Rule(FieldRule rule, ObjectType type) => rule switch
    {
        FieldRule.ExactlyOne one => new JsonObject { ["oneOf"] = new JsonArray(Alternatives(one.Names)), ["errorMessage"] = $"Exactly one of {Words(one.Names)} is needed." },
        FieldRule.AtLeastOne one => new JsonObject
        {
            ["anyOf"] = new JsonArray([.. one.Names.Select(n => Present([n], type))]),
            ["errorMessage"] = $"At least one of {Words(one.Names)} is needed.",
        },
        FieldRule.AtMostOne one => new JsonObject
        {
            ["oneOf"] = new JsonArray([.. Alternatives(one.Names), new JsonObject { ["not"] = new JsonObject { ["anyOf"] = new JsonArray(Alternatives(one.Names)) } }]),
            ["errorMessage"] = $"Only one of {Words(one.Names)} can be written.",
        },
        FieldRule.NotBoth both => new JsonObject
        {
            ["not"] = Present([both.First, both.Second], type),
            ["errorMessage"] = $"{both.First} and {both.Second} cannot stand beside each other.",
        },
        FieldRule.Needs needs => new JsonObject
        {
            ["if"] = Required([needs.Name]),
            ["then"] = With(Required([needs.Needed]), needs.Needed, JsonTypes.Type(needs.Type, mayBeNull: false)),
        },
        FieldRule.When words => new JsonObject
        {
            ["if"] = With(
                Required([words.Name]), words.Name, new JsonObject { ["enum"] = new JsonArray([.. words.Words.Select(w => JsonValue.Create(w))]) }),
            ["then"] = With(words.Type.Min > 0 ? Required([words.Other]) : [], words.Other, Length(words.Type)),
        },
        _ => throw new InvalidOperationException(),
    };

    private static JsonNode[] Alternatives(IReadOnlyList<string> names) => [.. names.Select(n => Required([n]))];

    private static JsonObject Required(string[] names) => new() { ["required"] = new JsonArray([.. names.Select(n => JsonValue.Create(n))]) };

    private static JsonObject Present(string[] names, ObjectType type)
    {
        var schema = Required(names);
        var lists = names.Where(n => type.Fields.Single(f => f.Name == n).Type is FieldType.List).ToList();
        if (lists.Count > 0)
        {
            schema["properties"] = new JsonObject(lists.Select(n => KeyValuePair.Create(n, (JsonNode?)new JsonObject { ["minItems"] = 1 })));
        }

        return schema;
    }

    private static JsonObject With(JsonObject schema, string name, JsonObject value)
    {
        schema["properties"] = new JsonObject { [name] = value };
        return schema;
    }

    private static JsonObject Length(FieldType.List type) =>
        type.Min > 0 ? new JsonObject { ["type"] = "array", ["minItems"] = type.Min } : new JsonObject { ["maxItems"] = type.Max };

    private static string Words(IReadOnlyList<string> names) => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1];
}
