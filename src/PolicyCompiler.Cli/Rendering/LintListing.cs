using System.Globalization;
using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Pipeline.Lint;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The answer of <c>policyc lint</c>; its findings go to standard error as those of every command.</summary>
internal static class LintListing
{
    public static void WriteText(IReadOnlyList<LintFinding> findings, LintFix fix, int suppressed, Terminal terminal)
    {
        foreach (var finding in fix.Fixed)
        {
            terminal.Output.WriteLine($"deleted {finding.Redundancy!.Unit} ({finding.Diagnostic.Span}): {finding.Diagnostic.Code}");
        }

        foreach (var text in fix.Texts)
        {
            terminal.Output.WriteLine($"wrote {text.Path}: no decision has changed");
        }

        var summary = string.Join(", ", new[]
        {
            Summary(findings, suppressed),
            fix.Fixed.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{fix.Fixed.Length:N0} mended") : "",
        }.Where(p => p.Length > 0));
        terminal.Output.WriteLine(summary.Length == 0 ? terminal.Good("no findings") : summary);
    }

    /// <summary>How many of each severity; empty: none.</summary>
    public static string Summary(IReadOnlyList<LintFinding> findings, int suppressed)
    {
        int Of(DiagnosticSeverity severity) => findings.Count(f => f.Diagnostic.Severity == severity);
        return string.Join(", ", new[]
        {
            Counted(Of(DiagnosticSeverity.Error), "error"),
            Counted(Of(DiagnosticSeverity.Warning), "warning"),
            Counted(Of(DiagnosticSeverity.Information), "note"),
            suppressed > 0 ? string.Create(CultureInfo.InvariantCulture, $"{suppressed:N0} suppressed") : null,
        }.OfType<string>());
    }

    public static void WriteJson(
        RuleGraph graph, IEnumerable<LintFinding> findings, IEnumerable<LintFinding> mended, int suppressed, int exitCode, Terminal terminal) =>
        terminal.WriteJson(json =>
        {
            json.WriteNumber("exitCode", exitCode);
            json.WriteNumber("suppressed", suppressed);
            json.WriteObjects("mended", mended, finding => Write(json, graph, finding));
            json.WriteObjects("diagnostics", findings, finding => Write(json, graph, finding));
        });

    private static void Write(Utf8JsonWriter json, RuleGraph graph, LintFinding finding)
    {
        json.WriteFinding(finding.Diagnostic);
        if (finding.Redundancy is not { } proof)
        {
            return;
        }

        json.WriteStartObject("proof");
        json.WriteString("removed", proof.Unit.ToString());
        json.WriteString("scope", proof.Scope == LintScope.AnyPods ? "any-pods" : "this-cluster");
        json.WriteObjects("by", proof.By, rule =>
        {
            var policy = graph.PolicyOf(rule);
            json.WriteString("policy", $"{policy.Kind} {policy.Reference}");
            json.WriteString("rule", rule.Place);
            json.WriteString("file", rule.Span.Source?.Path);
            json.WriteNumber("line", rule.Span.Line);
        });
        json.WriteBoolean("byDefault", proof.ByDefault);
        json.WriteEndObject();
    }

    private static string? Counted(int count, string what) =>
        count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
