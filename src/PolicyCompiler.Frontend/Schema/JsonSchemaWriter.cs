using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolicyCompiler.Frontend.Schema;

/// <summary>
/// JSON Schemas, draft 7: what editors support best. Null is accepted where a reader takes it for absent, except in
/// fields that others depend on.
/// </summary>
internal static class JsonSchemaWriter
{
    public const string AllKinds = "policies.json";

    private const string Draft = "http://json-schema.org/draft-07/schema#";
    private const string ListKind = "List";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string FileName(PolicySchema schema) => schema.Kind + ".json";

    /// <summary>The schema of one kind, in one file that refers to no other.</summary>
    public static string Write(PolicySchema schema)
    {
        var definitions = new SortedDictionary<string, ObjectType>(StringComparer.Ordinal);
        Collect(schema.Root, definitions);
        var root = JsonTypes.Object(schema.Root);
        root["type"] = "object";
        return Text(
        [
            .. Head($"{schema.Kind} ({string.Join(", ", schema.ApiVersions)})"),
            .. Detach(root),
            new("definitions", new JsonObject(definitions.Where(d => d.Value != schema.Root).Select(d => KeyValuePair.Create(d.Key, (JsonNode?)JsonTypes.Object(d.Value))))),
        ]);
    }

    /// <summary>
    /// One schema for files with objects of any kind: policies are held to the schema of their kind in the file beside
    /// it, policies of kinds that are not read are refused, and everything else is let through.
    /// </summary>
    public static string WriteAll(IReadOnlyList<PolicySchema> schemas) => Text(
    [
        .. Head("Kubernetes objects, with the policies among them checked"),
        new("type", new JsonArray("object", "null")),
        new("required", new JsonArray("apiVersion", "kind")),
        new("allOf", new JsonArray(
        [
            .. schemas.Select(s => If(Kind(s), new JsonObject { ["$ref"] = FileName(s) })),
            If(
                KindIs(new JsonObject { ["pattern"] = "^(?!Staged).*NetworkPolicy$" }),
                new JsonObject
                {
                    ["if"] = new JsonObject { ["anyOf"] = new JsonArray([.. schemas.Select(Kind)]) },
                    ["else"] = new JsonObject
                    {
                        ["properties"] = new JsonObject { ["apiVersion"] = JsonRules.Absent("Policies of this kind and version are not read. (NP1024)") },
                    },
                }),
            If(
                KindIs(new JsonObject { ["const"] = ListKind }),
                new JsonObject
                {
                    ["properties"] = new JsonObject { ["items"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = "#" } } },
                }),
        ])),
    ]);

    private static JsonObject Kind(PolicySchema schema) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("apiVersion", "kind"),
        ["properties"] = new JsonObject
        {
            ["apiVersion"] = new JsonObject { ["enum"] = new JsonArray([.. schema.ApiVersions.Select(v => JsonValue.Create(v))]) },
            ["kind"] = new JsonObject { ["const"] = schema.Kind },
        },
    };

    private static JsonObject KindIs(JsonObject kind) =>
        new() { ["type"] = "object", ["required"] = new JsonArray("kind"), ["properties"] = new JsonObject { ["kind"] = kind } };

    private static JsonObject If(JsonObject condition, JsonObject then) => new() { ["if"] = condition, ["then"] = then };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Head(string title) => [new("$schema", Draft), new("title", title)];

    private static List<KeyValuePair<string, JsonNode?>> Detach(JsonObject value)
    {
        var members = value.ToList();
        value.Clear();
        return members;
    }

    private static string Text(IEnumerable<KeyValuePair<string, JsonNode?>> members) => new JsonObject(members).ToJsonString(Indented) + "\n";

    private static void Collect(FieldType type, SortedDictionary<string, ObjectType> definitions)
    {
        switch (type)
        {
            case FieldType.List list:
                Collect(list.Item, definitions);
                break;
            case ObjectType known when definitions.TryAdd(known.Name, known):
                foreach (var field in known.Fields.Where(f => f.Status != FieldStatus.Rejected))
                {
                    Collect(field.Type, definitions);
                }

                break;
            case ObjectType again when !JsonNode.DeepEquals(JsonTypes.Object(definitions[again.Name]), JsonTypes.Object(again)):
                throw new InvalidOperationException($"two objects are named {again.Name}");
        }
    }
}
