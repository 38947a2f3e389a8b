using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Lint;

/// <summary>
/// Reads <c>.policyc.yaml</c>: <c>lint: {severity: {NP8002: error|warning|info|off}}</c>. Whatever it does not know is an
/// error, so that a misspelt line does not pass for one that holds.
/// </summary>
public static class LintConfigurationReader
{
    private static readonly string[] Words = ["error", "warning", "info", "off"];

    /// <summary>An empty text is a configuration that changes nothing.</summary>
    public static Stage<LintConfiguration> Read(SourceText source)
    {
        var findings = new Findings();
        var fields = new FieldReader(findings);
        var severities = LintConfiguration.Default.Severities.ToBuilder();
        var documents = 0;
        new YamlReader(source, findings, document =>
        {
            if (++documents > 1)
            {
                findings.Report(LintFileDiagnostics.SecondDocument, document.Span);
            }
            else if (document is YamlMapping root)
            {
                fields.CheckFields(root, "the configuration", ["lint"]);
                if (fields.Mapping(root, "lint") is { } lint)
                {
                    fields.CheckFields(lint, "lint", ["severity"]);
                    ReadSeverities(fields, fields.Mapping(lint, "severity"), (code, severity) => severities[code] = severity);
                }
            }
            else
            {
                findings.ReportField(SchemaDiagnostics.WrongType, document, "a mapping", document.Description);
            }
        }).ReadAll();
        return Stage.Of(new LintConfiguration(severities.ToImmutable()), findings.Diagnostics);
    }

    private static void ReadSeverities(FieldReader fields, YamlMapping? mapping, Action<string, DiagnosticSeverity?> add)
    {
        string[] codes = [.. LintDiagnostics.Adjustable.Select(d => d.Code)];
        foreach (var (key, value) in mapping?.Entries ?? [])
        {
            if (!codes.Contains(key.Text, StringComparer.Ordinal))
            {
                fields.Findings.Report(LintFileDiagnostics.UnknownCode, key.Span, Quote.Shorten(key.Text));
            }
            // YAML 1.1 takes off for a boolean.
            else if (value is not YamlScalar word || !Words.Contains(word.Text, StringComparer.Ordinal))
            {
                var written = value is YamlScalar scalar ? Quote.Shorten(scalar.Text) : value.Description;
                fields.Findings.Report(LintFileDiagnostics.UnknownSeverity, value.Span, written);
            }
            else
            {
                add(key.Text, word.Text switch
                {
                    "error" => DiagnosticSeverity.Error,
                    "warning" => DiagnosticSeverity.Warning,
                    "info" => DiagnosticSeverity.Information,
                    _ => null,
                });
            }
        }
    }
}
