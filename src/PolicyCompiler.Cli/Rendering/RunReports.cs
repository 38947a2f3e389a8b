using System.Text;
using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Outputs;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>The reports of a run, written when it has ended, however it ended.</summary>
/// <param name="Format">SARIF goes to standard output with this format.</param>
/// <param name="SarifFile">Replaced as a whole; null for none.</param>
/// <param name="CodeQualityFile">Replaced as a whole; null for none.</param>
/// <param name="SummaryFile">Appended to; null for none.</param>
/// <param name="JUnitFile">Results of assertions; replaced as a whole; null for none.</param>
/// <param name="Annotates">Whether findings are GitHub annotations too.</param>
internal sealed record RunReports(OutputFormat Format, string? SarifFile, string? CodeQualityFile, string? SummaryFile, string? JUnitFile, bool Annotates)
{
    /// <returns>The exit code; a report that could not be written fails a run that was fine.</returns>
    public int Write(string command, RunRecord run, int exitCode, Terminal terminal)
    {
        var root = new ArtifactRoot(Directory.GetCurrentDirectory());
        if (SarifFile is { } sarif)
        {
            exitCode = Attempt(sarif, exitCode, terminal, () => WholeFile.Write(sarif, file => file.Write(SarifLog.Write(run.Findings, exitCode, root))));
        }

        if (CodeQualityFile is { } quality)
        {
            exitCode = Attempt(quality, exitCode, terminal, () => WholeFile.Write(quality, file => file.Write(CodeQualityReport.Write(run.Findings, root))));
        }

        if (SummaryFile is { } summary)
        {
            var text = MarkdownSummary.Write(command, run, exitCode, DocumentationLinks.Project);
            exitCode = Attempt(summary, exitCode, terminal, () => File.AppendAllText(summary, text, new UTF8Encoding(false)));
        }

        if (JUnitFile is { } junit)
        {
            exitCode = Attempt(junit, exitCode, terminal, () => WholeFile.Write(junit, file => JUnitXml.Write(file, run, terminal)));
        }

        // Assertions in a workflow are tests, whose failures belong on their lines; other findings may get there as SARIF.
        if (Annotates || (command == TestCommand.Name && Environment.GetEnvironmentVariable(GitHubAnnotations.Variable) == "true"))
        {
            GitHubAnnotations.Write(run.Findings, terminal);
        }

        if (Format == OutputFormat.Sarif)
        {
            using var output = Terminal.OpenOutput();
            output.Write(SarifLog.Write(run.Findings, exitCode, root));
        }

        return exitCode;
    }

    private static int Attempt(string file, int exitCode, Terminal terminal, Action write)
    {
        try
        {
            write();
            return exitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            terminal.Report([CliDiagnostics.ReportNotWritten.At(SourceSpan.None, file, e.Message)]);
            return exitCode == ExitCode.Ok ? ExitCode.Failed : exitCode;
        }
    }
}
