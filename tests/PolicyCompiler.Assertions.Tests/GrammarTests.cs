using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using PolicyCompiler.Assertions.Generated;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Assertions.Tests;

/// <summary>What stands beside the grammar says the same as the grammar.</summary>
public sealed partial class GrammarTests
{
    private const int ToolIsAbsent = 3;

    private static readonly string Folder = Path.Combine(Repository.Root, "grammar");

    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Repository.Root, "*.flow", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f)).Where(f => f.StartsWith("grammar", StringComparison.Ordinal) || f.StartsWith("policies", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Examples_have_no_findings(string file) => Assert.Equal("", Reading.Findings(File.ReadAllText(Path.Combine(Repository.Root, file))));

    [Fact]
    public void Examples_of_the_documentation_have_no_findings()
    {
        var blocks = FlowBlock().Matches(File.ReadAllText(Path.Combine(Folder, "README.md")) + File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, b => Assert.Equal("", Reading.Findings(b)));
    }

    /// <summary>An editor knows every word of the language, and colors it as a whole.</summary>
    [Fact]
    public void The_editor_grammar_has_every_word()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "flow.tmLanguage.json")));
        Assert.Equal("flow", document.RootElement.GetProperty("fileTypes")[0].GetString());
        var patterns = document.RootElement.GetProperty("repository").EnumerateObject()
            .SelectMany(p => new[] { "match", "begin" }.Select(m => p.Value.TryGetProperty(m, out var text) ? text.GetString() : null)).OfType<string>()
            .Select(p => new Regex(p)).ToList();
        var words = Enumerable.Range(1, FlowLexer.OTHER).Select(FlowLexer.DefaultVocabulary.GetLiteralName).OfType<string>().Select(l => l.Trim('\''))
            .Where(l => char.IsAsciiLetter(l[0])).Concat(Entities.AllNames.Except(["all"]));
        Assert.All(words, w => Assert.True(patterns.Exists(p => p.Match($"x {w} y") is { Success: true } m && m.Value.Trim() == w) || w == "let", w));
    }

    [Fact]
    public void The_parser_is_generated_from_the_grammar()
    {
        var folder = Directory.CreateTempSubdirectory("policyc-grammar-").FullName;
        try
        {
            using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Folder, "generate.sh"), folder]) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), "the generator did not end");
            Assert.SkipWhen(process.ExitCode == ToolIsAbsent, error);
            Assert.True(process.ExitCode == 0, error);
            var checkedIn = Path.Combine(Repository.Root, "src", "PolicyCompiler.Assertions", "Generated");
            Assert.Equal(Directory.EnumerateFiles(checkedIn).Select(Path.GetFileName).Order(), Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
            Assert.All(Directory.EnumerateFiles(folder), f =>
                Assert.True(File.ReadAllText(f) == File.ReadAllText(Path.Combine(checkedIn, Path.GetFileName(f))), $"{Path.GetFileName(f)} is not that of the grammar; run grammar/generate.sh"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("```flow\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FlowBlock();
}
