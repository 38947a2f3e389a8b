using System.Text.RegularExpressions;
using PolicyCompiler.Frontend.Schema;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Frontend.Tests.Schema;

/// <summary>docs/schema and docs/fields.md are what the descriptions say; POLICYC_UPDATE_SNAPSHOTS writes them instead.</summary>
public sealed partial class GeneratedFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "schema");

    public static TheoryData<string> Kinds => [.. PolicySchemas.All.Select(s => s.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Schema_of_a_kind(string kind)
    {
        var schema = PolicySchemas.All.Single(s => s.Kind == kind);
        Check(Path.Combine(Folder, JsonSchemaWriter.FileName(schema)), JsonSchemaWriter.Write(schema));
    }

    [Fact]
    public void Schema_of_all_kinds() => Check(Path.Combine(Folder, JsonSchemaWriter.AllKinds), JsonSchemaWriter.WriteAll(PolicySchemas.All));

    [Fact]
    public void Table_of_fields() => Check(Path.Combine(Repository.Root, "docs", "fields.md"), FieldTableWriter.Write(PolicySchemas.All));

    [Fact]
    public void No_schema_is_left_over()
    {
        var expected = PolicySchemas.All.Select(JsonSchemaWriter.FileName).Append(JsonSchemaWriter.AllKinds).Order(StringComparer.Ordinal);
        Assert.Equal(expected, Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Links_of_the_table_lead_somewhere()
    {
        var text = FieldTableWriter.Write(PolicySchemas.All);
        var anchors = Heading().Matches(text).Select(m => "#" + m.Groups[1].Value.ToLowerInvariant().Replace(",", "", StringComparison.Ordinal).Replace(' ', '-')).ToHashSet();
        Assert.All(Link().Matches(text).Select(m => m.Groups[1].Value), link => Assert.True(
            link.StartsWith('#') ? anchors.Contains(link) : Path.Exists(Path.Combine(Repository.Root, "docs", link)), link));
    }

    private static void Check(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE_SNAPSHOTS") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"{path} is not as the descriptions say; if they are right, ./test --update-snapshots");
    }

    [GeneratedRegex("^##+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
