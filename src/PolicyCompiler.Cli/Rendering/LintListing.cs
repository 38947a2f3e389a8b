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

        var parts = new[] { DiagnosticSeverity.Error, DiagnosticSeverity.Warning, DiagnosticSeverity.Information }
            .Select(s => (Name: NameOf(s), Count: findings.Count(f => f.Diagnostic.Severity == s))).Append((Name: "suppressed", Count: suppressed)).Append((Name: "mended", Count: fix.Fixed.Length))
            .Where(p => p.Count > 0).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Count:N0} {p.Name}")).ToList();
        terminal.Output.WriteLine(parts.Count == 0 ? terminal.Good("no findings") : string.Join(", ", parts));
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

    private static string NameOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "errors",
        DiagnosticSeverity.Warning => "warnings",
        _ => "notes",
    };
}
