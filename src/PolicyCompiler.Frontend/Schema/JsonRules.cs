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
        if (type.Rules.Count > 0)
        {
            schema["allOf"] = new JsonArray([.. type.Rules.SelectMany(r => Rule(r, type))]);
        }
    }

    /// <summary>What is accepted of a field that must not be there: editors show the message at the field.</summary>
    public static JsonObject Absent(string message) => new() { ["type"] = "null", ["errorMessage"] = message };

    private static JsonObject[] Rule(FieldRule rule, ObjectType type) => rule switch
    {
        FieldRule.ExactlyOne one => [AnyOf(one.Names, type, "One of"), Alone(one.Names)],
        FieldRule.AtLeastOne one => [AnyOf(one.Names, type, "At least one of")],
        FieldRule.AtMostOne one => [Alone(one.Names)],
        FieldRule.NotBoth both => [NotBoth(both, type)],
        FieldRule.Needs needs => [Needs(needs)],
        FieldRule.When words => [When(words)],
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Only a value of a wrong type can have a message of its own, so that is what it is made.</summary>
    private static JsonObject AnyOf(IReadOnlyList<string> names, ObjectType type, string count) => new()
    {
        ["if"] = new JsonObject { ["anyOf"] = new JsonArray([.. names.Select(n => Present(n, type))]) },
        ["else"] = Absent($"{count} {Words(names)} is needed."),
    };

    private static JsonObject NotBoth(FieldRule.NotBoth both, ObjectType type) => new()
    {
        ["if"] = Present(both.First, type),
        ["then"] = With([], both.Second, IsList(both.Second, type)
            ? new JsonObject { ["maxItems"] = 0, ["errorMessage"] = Beside(both.Second, both.First) }
            : Absent(Beside(both.Second, both.First))),
    };

    private static JsonObject Needs(FieldRule.Needs needs) => new()
    {
        ["if"] = Required([needs.Name]),
        ["then"] = With(Required([needs.Needed]), needs.Needed, JsonTypes.Type(needs.Type, mayBeNull: false)),
    };

    private static JsonObject When(FieldRule.When words) => new()
    {
        ["if"] = With(
            Required([words.Name]), words.Name, new JsonObject { ["enum"] = new JsonArray([.. words.Words.Select(w => JsonValue.Create(w))]) }),
        ["then"] = With(words.Type.Min > 0 ? Required([words.Other]) : [], words.Other, Length(words.Type)),
    };

    private static JsonObject Required(string[] names) => new() { ["required"] = new JsonArray([.. names.Select(n => JsonValue.Create(n))]) };

    private static JsonObject Present(string name, ObjectType type) =>
        IsList(name, type) ? With(Required([name]), name, new JsonObject { ["minItems"] = 1 }) : Required([name]);

    /// <summary>Beside each of the fields none of those after it.</summary>
    private static JsonObject Alone(IReadOnlyList<string> names) => new()
    {
        ["dependencies"] = new JsonObject(names.SkipLast(1).Select((name, i) => KeyValuePair.Create(
            name,
            (JsonNode?)new JsonObject
            {
                ["properties"] = new JsonObject(names.Skip(i + 1).Select(n => KeyValuePair.Create(n, (JsonNode?)Absent(Beside(n, name))))),
            }))),
    };

    private static string Beside(string name, string other) => $"{name} cannot stand beside {other}.";

    private static bool IsList(string name, ObjectType type) => type.Fields.Single(f => f.Name == name).Type is FieldType.List;

    private static JsonObject With(JsonObject schema, string name, JsonObject value)
    {
        schema["properties"] = new JsonObject { [name] = value };
        return schema;
    }

    private static JsonObject Length(FieldType.List type) =>
        type.Min > 0 ? new JsonObject { ["type"] = "array", ["minItems"] = type.Min } : new JsonObject { ["maxItems"] = type.Max };

    private static string Words(IReadOnlyList<string> names) => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1];
}
