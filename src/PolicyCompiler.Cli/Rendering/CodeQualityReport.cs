using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>
/// Findings in files as GitLab's Code Quality report, an array in a subset of Code Climate's format: GitLab shows it on the
/// lines of a merge request, and reads no SARIF.
/// </summary>
internal static class CodeQualityReport
{
    public static byte[] Write(IReadOnlyCollection<Diagnostic> findings, ArtifactRoot root)
    {
        var fingerprints = new Fingerprints(root);
        return JsonText.WriteList(findings.Where(d => d.Span.Source is not null), (json, finding) =>
        {
            json.WriteString("description", $"{finding.Code}: {finding.Message}");
            json.WriteString("check_name", finding.Code);
            json.WriteString("fingerprint", fingerprints.Of(finding));
            json.WriteString("severity", finding.Severity switch
            {
                DiagnosticSeverity.Error => "major",
                DiagnosticSeverity.Warning => "minor",
                _ => "info",
            });
            json.WriteStartObject("location");
            json.WriteString("path", root.PathOf(finding.Span.Source!.Path));
            json.WriteStartObject("lines");
            json.WriteNumber("begin", Math.Max(1, finding.Span.Line));
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }
}
