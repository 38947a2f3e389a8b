using System.Text.RegularExpressions;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests.Report;

/// <summary>What can be said of the page's text without a browser.</summary>
public sealed partial class ReportPageTests
{
    private static readonly string[] Arguments = ["connectivity", Repository.CasePath("online-boutique"), "--format", "html", "--exposure"];

    /// <summary>Each command that has a page.</summary>
    public static TheoryData<string[]> Pages => new(
        Arguments,
        ["diff", Repository.CasePath("cilium-http"), Repository.CasePath("online-boutique"), "--format", "html"],
        ["diff", Repository.CasePath("cilium-http"), Repository.CasePath("cilium-http"), "--format", "html"]);

    [Theory]
    [MemberData(nameof(Pages))]
    public void ThePageIsOneFileThatMayLoadNothing(string[] arguments)
    {
        var result = PolicycProcess.Run(arguments);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var page = result.Output;
        Assert.StartsWith("<!DOCTYPE html>\n", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
        var policy = Policy().Match(page).Groups[1].Value;
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(Elements().Matches(page).Select(m => m.Value), e => e.Contains("src=", StringComparison.Ordinal) || e.Contains("href=", StringComparison.Ordinal));
        // The data are one script element that no text in them can end.
        var data = page[page.IndexOf("id=\"data\">", StringComparison.Ordinal)..];
        data = data["id=\"data\">".Length..data.IndexOf("</script>", StringComparison.Ordinal)];
        Assert.DoesNotContain('<', data);
        Assert.Equal(System.Text.Json.JsonValueKind.Object, System.Text.Json.JsonDocument.Parse(data).RootElement.ValueKind);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void TheSameInputGivesTheSameBytes(string[] arguments) => Assert.Equal(PolicycProcess.Run(arguments).Output, PolicycProcess.Run(arguments).Output);

    [Fact]
    public void NamespacesAreAViewOfThePageAndNotALevel()
    {
        var result = PolicycProcess.Run([.. Arguments, "--level", "namespace"]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("leave --level namespace out", result.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("<(script|link|img|iframe|style|object|embed)[^>]*>")]
    private static partial Regex Elements();
}
