using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>Findings as workflow commands of GitHub Actions, which show them beside the lines they are about.</summary>
internal static class GitHubAnnotations
{
    /// <summary>Set by the runner.</summary>
    public const string Variable = "GITHUB_ACTIONS";

    /// <summary>On standard error, so that standard output stays one document; the runner reads both.</summary>
    public static void Write(IEnumerable<Diagnostic> findings, Terminal terminal)
    {
        foreach (var finding in findings.Where(f => f.Severity != DiagnosticSeverity.Information))
        {
            var word = finding.Severity == DiagnosticSeverity.Error ? "error" : "warning";
            var place = finding.Span.Source is not { } source ? ""
                : $"file={Property(source.Path)},{(finding.Span.Line > 0 ? $"line={finding.Span.Line},col={Math.Max(1, finding.Span.Column)}," : "")}";
            terminal.Error.WriteLine($"::{word} {place}title={Property($"{finding.Code} {finding.Descriptor.Title}")}::{Data(finding.Message)}");
        }
    }

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
