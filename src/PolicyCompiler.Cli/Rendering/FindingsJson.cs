using System.Text;
using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>Findings in documents of <c>--format json</c>.</summary>
internal static class FindingsJson
{
    /// <summary>
    /// Ends a command that has no data to show: the findings on standard error and, for readers of JSON, a document of
    /// <c>exitCode</c> and <c>diagnostics</c> on standard output.
    /// </summary>
    public static int Fail(this Terminal terminal, int exitCode, IReadOnlyCollection<Diagnostic> findings, OutputFormat format)
    {
        terminal.Report(findings);
        if (format == OutputFormat.Json)
        {
            terminal.WriteJson(json =>
            {
                json.WriteNumber("exitCode", exitCode);
                json.WriteFindings(findings);
            });
        }

        return exitCode;
    }

    public static void WriteJson(this Terminal terminal, Action<Utf8JsonWriter> write) =>
        terminal.Output.Write(Encoding.UTF8.GetString(JsonText.Write(write)));

    public static void WriteFindings(this Utf8JsonWriter json, IEnumerable<Diagnostic> findings) =>
        json.WriteObjects("diagnostics", findings, json.WriteFinding);

    /// <summary>The members of one finding.</summary>
    public static void WriteFinding(this Utf8JsonWriter json, Diagnostic finding)
    {
        json.WriteString("code", finding.Code);
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("message", finding.Message);
        json.WriteString("file", finding.Span.Source?.Path);
        json.WriteNumber("line", finding.Span.Line);
        json.WriteNumber("column", finding.Span.Column);
    }
}
