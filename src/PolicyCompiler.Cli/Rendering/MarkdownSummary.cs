using System.Globalization;
using System.Text;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>A run as a page of a code host: outcome, findings, figures.</summary>
internal static class MarkdownSummary
{
    // GitHub takes 1 MiB a step; who has more findings reads them in the SARIF file.
    private const int MostFindings = 200;

    /// <param name="command">Its name, without options.</param>
    /// <param name="run">What it found.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="project">Address of the project; null when there are no pages to link to.</param>
    public static string Write(string command, RunRecord run, int exitCode, string? project)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### policyc {MarkdownText.Escape(command)}: {Outcome(exitCode)}\n\n");
        if (Verdict(run, exitCode) is { } verdict)
        {
            text.Append(verdict).Append("\n\n");
        }

        if (run.Agreement is { } agreement)
        {
            text.Append(CultureInfo.InvariantCulture, $"Rule graph, tables and kernel {(agreement.Agrees ? "agree" : $"**disagree on {agreement.DisagreementCount:N0}**")} of {agreement.Decisions:N0} decisions.\n\n");
        }

        if (run.Differences is { } listing)
        {
            text.Append(DiffMarkdown.Text(listing)).Append('\n');
        }

        if (run.Tests is { } tests)
        {
            text.Append(TestMarkdown.Text(tests)).Append('\n');
        }

        WriteFindings(text, run.Findings, project);
        if (run.Compilation is { Tables: not null } compilation)
        {
            text.Append("| | |\n|---|---|\n");
            foreach (var (name, value) in CompileSummary.Lines(compilation))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {MarkdownText.Escape(value)} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Outcome(int exitCode) => exitCode switch
    {
        ExitCode.Ok => "passed",
        ExitCode.Failed => "failed",
        ExitCode.Usage => "wrong usage",
        ExitCode.Environment => "this machine cannot do it",
        _ => "internal error",
    };

    /// <summary>Null for commands that ask no kernel.</summary>
    private static string? Verdict(RunRecord run, int exitCode)
    {
        var report = run.Verification ?? (run.Compilation is { Objects.IsEmpty: false } compilation ? compilation.Verification : null);
        return report?.Outcome switch
        {
            null => run.Compilation is { Objects.IsEmpty: true } && exitCode == ExitCode.Ok ? "No program was built, so there was none to verify." : null,
            VerificationOutcome.Accepted => $"Accepted by the verifier of Linux {MarkdownText.Escape(report.Kernel)}.",
            VerificationOutcome.Rejected => "**REJECTED by the kernel verifier.**",
            _ => $"> **NOT VERIFIED** ({MarkdownText.Escape(report.Reason)}): no kernel has accepted these programs.",
        };
    }

    private static void WriteFindings(StringBuilder text, List<Diagnostic> findings, string? project)
    {
        if (findings.Count == 0)
        {
            text.Append("No findings.\n\n");
            return;
        }

        var counts = findings.GroupBy(d => d.Severity).OrderByDescending(g => g.Key).Select(g => Counted(g.Count(), g.Key));
        text.Append(CultureInfo.InvariantCulture, $"{string.Join(", ", counts)}:\n\n| | code | place | finding |\n|---|---|---|---|\n");
        foreach (var finding in findings.OrderByDescending(d => d.Severity).Take(MostFindings))
        {
            var page = DocumentationLinks.PageOf(project, finding.Code);
            var code = page is null ? finding.Code : $"[{finding.Code}]({page})";
            var place = finding.Span.Source is not { } source ? ""
                : finding.Span.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{source.Path}:{finding.Span.Line}:{Math.Max(1, finding.Span.Column)}")
                : source.Path;
            text.Append(CultureInfo.InvariantCulture, $"| {Word(finding.Severity)} | {code} | {MarkdownText.Escape(place)} | {MarkdownText.Escape(finding.Message)} |\n");
        }

        if (findings.Count > MostFindings)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nand {findings.Count - MostFindings:N0} more\n");
        }

        text.Append('\n');
    }

    private static string Counted(int count, DiagnosticSeverity severity) => severity == DiagnosticSeverity.Information
        ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "note" : "notes")}")
        : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {Word(severity)}{(count == 1 ? "" : "s")}");

    private static string Word(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
