using System.Text.Json.Nodes;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Schema;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>Documents of a text as an editor's validator sees them.</summary>
internal static class YamlJson
{
    /// <summary>What comes after a syntax error is missing.</summary>
    public static List<JsonNode> Documents(string text)
    {
        var documents = new List<JsonNode>();
        new YamlReader(new SourceText("0.yaml", "0.yaml", text), new Findings(), d => documents.Add(Convert(d)!)).ReadAll();
        return documents;
    }

    /// <summary>The objects in the documents, those of lists one by one.</summary>
    public static IEnumerable<JsonObject> Objects(string text) => Documents(text).SelectMany(Objects);

    /// <summary>The description of its kind, or null.</summary>
    public static PolicySchema? SchemaOf(JsonObject document) => PolicySchemas.All.FirstOrDefault(
        s => s.Kind == document["kind"]?.ToString() && s.ApiVersions.Contains(document["apiVersion"]?.ToString()));

    private static IEnumerable<JsonObject> Objects(JsonNode? document) => document switch
    {
        JsonObject list when list["kind"]?.ToString() == "List" && list["items"] is JsonArray items => items.SelectMany(Objects),
        JsonObject item => [item],
        _ => [],
    };

    private static JsonNode? Convert(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                var converted = new JsonObject();
                foreach (var (key, value) in mapping.Entries)
                {
                    converted[key.Text] = Convert(value);
                }

                return converted;
            case YamlSequence sequence:
                return new JsonArray([.. sequence.Items.Select(Convert)]);
            default:
                return Convert((YamlScalar)node);
        }
    }

    /// <summary>The single letters that are booleans to YAML 1.1 are text, as to the readers.</summary>
    private static JsonNode? Convert(YamlScalar scalar) => scalar.Kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean when scalar.Text.Length > 1 => scalar.TryGetBoolean(out var value) && value,
        ScalarKind.Integer => scalar.TryGetInteger(out var value) ? value : 0,
        ScalarKind.Float => 0.5,
        _ => scalar.Text,
    };
}
