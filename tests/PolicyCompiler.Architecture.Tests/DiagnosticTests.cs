using System.Reflection;
using System.Text.RegularExpressions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Architecture.Tests;

/// <summary>Codes are unique and each has its page.</summary>
public sealed partial class DiagnosticTests
{
    private static readonly IReadOnlyList<DiagnosticDescriptor> All = FindAll();

    [Fact]
    public void CodesAreUniqueAndWellFormed()
    {
        Assert.All(All, d => Assert.Matches(Code(), d.Code));
        Assert.Empty(All.GroupBy(d => d.Code).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void EveryCodeHasItsPageAndEveryPageItsCode()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "diagnostics"), "NP*.md").Select(f => Path.GetFileNameWithoutExtension(f)!);
        Assert.Equal(All.Select(d => d.Code).Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void PagesCarryTheTitle() => Assert.All(All, d =>
        Assert.StartsWith($"# {d.Code}: {d.Title}\n", File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", d.Code + ".md")), StringComparison.Ordinal));

    private static List<DiagnosticDescriptor> FindAll()
    {
        var assemblies = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(f => Path.GetFileName(f) is "policyc.dll" || (Path.GetFileName(f).StartsWith("PolicyCompiler.", StringComparison.Ordinal) && !Path.GetFileName(f).Contains("Tests", StringComparison.Ordinal)))
            .Select(Assembly.LoadFrom);
        return
        [
            .. assemblies.SelectMany(a => a.GetTypes())
                .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(f => f.FieldType == typeof(DiagnosticDescriptor))
                .Select(f => (DiagnosticDescriptor)f.GetValue(null)!),
        ];
    }

    [GeneratedRegex("^NP[0-9]{4}$")]
    private static partial Regex Code();
}
