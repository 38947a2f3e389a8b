using System.Text.Json;

namespace PolicyCompiler.Ci.Tests;

/// <summary>Parts of templates.</summary>
internal static class TemplateBlock
{
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.GetProperty(name).EnumerateArray();

    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;

    public static IEnumerable<string> Names(this JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}
