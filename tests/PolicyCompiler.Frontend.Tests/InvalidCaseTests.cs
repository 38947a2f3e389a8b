using System.Text.RegularExpressions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Frontend;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Frontend.Tests;

/// <summary>Each mistake of the cases under policies/invalid is found at the line that the case's expected.txt says.</summary>
public sealed partial class InvalidCaseTests
{
    public static TheoryData<string> Cases => [.. Repository.Cases.Except(Repository.ValidCases)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryMistakeIsFoundWhereItIs(string name)
    {
        var folder = Repository.CasePath(name);
        var sources = Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f) != "expected.txt").Order(StringComparer.Ordinal)
            .Select(f => new SourceText(f, Path.GetFileName(f), File.ReadAllText(f))).ToList();
        var errors = InputReader.Read(sources).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        var expected = File.ReadLines(Path.Combine(folder, "expected.txt")).Select(l => Place().Match(l)).Where(m => m.Success)
            .Select(m => (File: m.Groups[1].Value, Line: int.Parse(m.Groups[2].Value), Loose: m.Value.Contains("limit", StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(expected);
        var missing = expected.Where(e => !errors.Any(d => d.Span.Source!.LogicalPath == e.File && (d.Span.Line == e.Line || (e.Loose && d.Span.Line <= e.Line))));
        Assert.Empty(missing.Select(e => $"{e.File}:{e.Line} not among {string.Join(" | ", errors)}"));
    }

    [GeneratedRegex("^([^:]+):([0-9]+):[0-9]+ .*$")]
    private static partial Regex Place();
}
