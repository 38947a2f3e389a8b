using System.Collections.Concurrent;
using System.Text.Json;
using Json.Schema;

namespace PolicyCompiler.Ci.Tests;

/// <summary>A schema of Schemas/.</summary>
internal sealed class PublishedSchema(string name)
{
    // A schema registers itself by its id, which may happen once.
    private static readonly ConcurrentDictionary<string, Lazy<JsonSchema>> Schemas = new(StringComparer.Ordinal);

    private readonly JsonSchema _schema = Schemas.GetOrAdd(name, n => new Lazy<JsonSchema>(
        () => JsonSchema.FromText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schemas", n))))).Value;

    /// <summary>Fails with all places that do not fit.</summary>
    public void Accepts(JsonElement document)
    {
        var problems = ProblemsOf(document);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    public IReadOnlyList<string> ProblemsOf(JsonElement document)
    {
        var result = _schema.Evaluate(document, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? []
            : [.. (result.Details ?? []).Where(d => d.Errors is { Count: > 0 }).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}")), "the document does not fit"];
    }
}
