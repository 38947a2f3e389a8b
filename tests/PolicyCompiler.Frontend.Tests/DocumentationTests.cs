using System.Text.RegularExpressions;
using PolicyCompiler.Frontend.Diagnostics;

namespace PolicyCompiler.Frontend.Tests;

public sealed partial class DocumentationTests
{
    public static TheoryData<string> Codes => [.. FrontendDiagnostics.All.Select(d => d.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Page_has_the_title_and_true_examples(string code)
    {
        var descriptor = FrontendDiagnostics.All.Single(d => d.Code == code);
        var page = File.ReadAllText(Path.Combine(DiagnosticsFolder(), code + ".md"));
        Assert.StartsWith($"# {code}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        foreach (Match example in WholePolicy().Matches(page))
        {
            var isWrong = example.Groups["heading"].Value == "Wrong";
            var diagnostics = Reading.Read(example.Groups["text"].Value).Diagnostics;
            Assert.Equal(isWrong ? [code] : [], diagnostics.Select(d => d.Code));
            Assert.All(diagnostics, d => Assert.True(d.Span.IsKnown));
        }
    }

    [GeneratedRegex(@"## (?<heading>Wrong|Right)\n\n```yaml\n(?<text>apiVersion: ((policy\.)?networking\.k8s\.io/v1[a-z0-9]*|cilium\.io/v2)\nkind: \w+\nmetadata.*?)```", RegexOptions.Singleline)]
    private static partial Regex WholePolicy();

    private static string DiagnosticsFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var pages = Path.Combine(folder.FullName, "docs", "diagnostics");
            if (Directory.Exists(pages))
            {
                return pages;
            }
        }

        throw new DirectoryNotFoundException("docs/diagnostics");
    }
}
