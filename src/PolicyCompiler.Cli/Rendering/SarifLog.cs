using System.Text.Json;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>
/// Findings as a log in SARIF 2.1.0 (OASIS). Findings in a file are results; the others are notifications, because code
/// hosts refuse results without a place. The same findings give the same bytes: no times, no machine, no absolute roots.
/// </summary>
internal static class SarifLog
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static byte[] Write(IReadOnlyCollection<Diagnostic> findings, int exitCode, ArtifactRoot root)
    {
        var results = findings.Where(d => d.Span.Source is not null).ToList();
        var rules = Descriptors(results);
        var notes = findings.Where(d => d.Span.Source is null).ToList();
        var noteRules = Descriptors(notes);
        return JsonText.Write(json =>
        {
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteObjects("runs", [exitCode], _ =>
            {
                WriteTool(json, rules, noteRules);
                WriteInvocation(json, exitCode, notes, noteRules);
                json.WriteStartObject("originalUriBaseIds");
                json.WriteStartObject(ArtifactRoot.BaseId);
                WriteText(json, "description", "The root of the checkout.");
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteString("columnKind", "utf16CodeUnits");
                var fingerprints = new Fingerprints(root);
                json.WriteObjects("results", results, finding =>
                {
                    json.WriteString("ruleId", finding.Code);
                    json.WriteNumber("ruleIndex", rules.IndexOf(finding.Descriptor));
                    json.WriteString("level", Level(finding.Severity));
                    WriteMessage(json, finding);
                    WriteLocation(json, finding.Span, root);
                    json.WriteStartObject("partialFingerprints");
                    json.WriteString("policycFinding/v1", fingerprints.Of(finding));
                    json.WriteEndObject();
                });
            });
        });
    }

    private static List<DiagnosticDescriptor> Descriptors(IEnumerable<Diagnostic> findings) =>
        [.. findings.Select(d => d.Descriptor).Distinct().OrderBy(d => d.Code, StringComparer.Ordinal)];

    private static void WriteTool(Utf8JsonWriter json, List<DiagnosticDescriptor> rules, List<DiagnosticDescriptor> notifications)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "policyc");
        json.WriteString("semanticVersion", ToolVersion.Text);
        if (DocumentationLinks.Project is { } project)
        {
            json.WriteString("informationUri", project);
        }

        json.WriteObjects("rules", rules, rule => WriteDescriptor(json, rule));
        json.WriteObjects("notifications", notifications, rule => WriteDescriptor(json, rule));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDescriptor(Utf8JsonWriter json, DiagnosticDescriptor descriptor)
    {
        json.WriteString("id", descriptor.Code);
        WriteText(json, "shortDescription", descriptor.Title);

        // GitHub refuses rules without it.
        WriteText(json, "fullDescription", DiagnosticPages.MeaningOf(descriptor));
        if (DocumentationLinks.PageOf(descriptor.Code) is { } page)
        {
            json.WriteString("helpUri", page);
        }

        if (DiagnosticPages.TextOf(descriptor.Code) is { } text)
        {
            json.WriteStartObject("help");
            json.WriteString("text", text);
            json.WriteString("markdown", text);
            json.WriteEndObject();
        }

        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(descriptor.Severity));
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, int exitCode, List<Diagnostic> notes, List<DiagnosticDescriptor> rules) =>
        json.WriteObjects("invocations", [exitCode], _ =>
        {
            json.WriteNumber("exitCode", exitCode);
            json.WriteBoolean("executionSuccessful", exitCode is ExitCode.Ok or ExitCode.Failed);
            json.WriteObjects("toolConfigurationNotifications", notes.Where(IsConfiguration), WriteNotification);
            json.WriteObjects("toolExecutionNotifications", notes.Where(d => !IsConfiguration(d)), WriteNotification);

            void WriteNotification(Diagnostic note)
            {
                json.WriteStartObject("descriptor");
                json.WriteString("id", note.Code);
                json.WriteNumber("index", rules.IndexOf(note.Descriptor));
                json.WriteEndObject();
                json.WriteString("level", Level(note.Severity));
                WriteMessage(json, note);
            }
        });

    /// <summary>The command line or the machine is what must change, not a policy.</summary>
    private static bool IsConfiguration(Diagnostic finding) => finding.Code.StartsWith("NP00", StringComparison.Ordinal)
        || KernelDiagnostics.IsEnvironment(finding) || CodeGenDiagnostics.IsEnvironment(finding)
        || finding.Descriptor == CliDiagnostics.MachineLacks || finding.Descriptor == CliDiagnostics.MachineLimits;

    private static void WriteLocation(Utf8JsonWriter json, SourceSpan span, ArtifactRoot root) =>
        json.WriteObjects("locations", [span], _ =>
        {
            json.WriteStartObject("physicalLocation");
            root.Write(json, span.Source!.Path);
            json.WriteStartObject("region");

            // A finding on a whole file stands on its first line: code hosts show nothing without one.
            json.WriteNumber("startLine", Math.Max(1, span.Line));
            if (span is { Line: > 0, Column: > 0 })
            {
                json.WriteNumber("startColumn", span.Column);
                if (span.Length > 0)
                {
                    json.WriteNumber("endColumn", span.Column + span.Length);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });

    private static void WriteMessage(Utf8JsonWriter json, Diagnostic finding) => WriteText(json, "message", string.Join('\n', [finding.Message, .. finding.Notes]));

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
