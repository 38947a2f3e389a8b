using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using PolicyCompiler.Frontend.Schema;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>An independent judge: the written schemas, applied by a library.</summary>
internal static class SchemaValidator
{
    private static readonly Uri Folder = new("https://policyc.test/schema/");
    private static readonly BuildOptions Options = new() { SchemaRegistry = new SchemaRegistry() };
    private static readonly Dictionary<string, JsonSchema> Kinds = PolicySchemas.All.ToDictionary(
        s => s.Kind, s => JsonSchema.FromText(JsonSchemaWriter.Write(s), Options, new Uri(Folder, JsonSchemaWriter.FileName(s))));

    private static readonly JsonSchema AllKinds =
        JsonSchema.FromText(JsonSchemaWriter.WriteAll(PolicySchemas.All), Options, new Uri(Folder, JsonSchemaWriter.AllKinds));

    public static bool IsValid(PolicySchema schema, JsonNode document) => IsValid(Kinds[schema.Kind], document);

    public static bool IsValidForAll(JsonNode document) => IsValid(AllKinds, document);

    private static bool IsValid(JsonSchema schema, JsonNode document)
    {
        using var parsed = JsonDocument.Parse(document.ToJsonString());
        return schema.Evaluate(parsed.RootElement).IsValid;
    }
}
