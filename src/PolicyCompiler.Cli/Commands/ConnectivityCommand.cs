using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Cli.Rendering.Connectivity;
using PolicyCompiler.Cli.Report;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Exposure;
using PolicyCompiler.Pipeline;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc connectivity</c>: who may talk to whom.</summary>
internal static class ConnectivityCommand
{
    public const string Name = "connectivity";

    public static Command Create(GlobalOptions global)
    {
        var input = new InputOptions();
        var options = new ConnectivityOptionSet(global);
        var command = new Command(Name, "List who may talk to whom, by workload, pod or namespace, or as a page to explore.");
        input.AddTo(command);
        options.AddTo(command);
        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var format = global.FormatOf(result);
            var compilation = CompilerHost.Compile(input.RequestOf(result, CompileStage.Tables), terminal);
            var exitCode = CompilerHost.ExitCodeOf(compilation.Diagnostics, result.GetValue(input.WarningsAsErrors));
            if (exitCode != ExitCode.Ok)
            {
                return terminal.Fail(exitCode, Shown(compilation.Diagnostics), format);
            }

            var tables = compilation.Tables!;
            var report = ConnectivityBuilder.Build(tables, options.OptionsOf(result));
            var focus = result.GetValue(options.Focus) is { } name
                ? ConnectivityFocus.Find(tables.Graph, report, name, options.DirectionOf(result))
                : null;
            if (focus is null && result.GetValue(options.Focus) is { } unknown)
            {
                return terminal.Fail(ExitCode.Failed, [CliDiagnostics.NothingInFocus.At(SourceSpan.None, unknown, ConnectivityFocus.Forms)], format);
            }

            var exposure = result.GetValue(options.Exposure) ? ExposureBuilder.Build(tables, report) : null;
            terminal.Report(Shown(
                [.. compilation.Diagnostics, .. ConnectivityDiagnostics.Check(report), .. exposure is null ? [] : ExposureDiagnostics.Check(exposure)]));
            var view = new ConnectivityView(tables, report, focus)
            {
                WithServices = result.GetValue(options.Services),
                WithRules = result.GetValue(options.Rules),
                Exposure = exposure,
            };
            var problem = OutputFile.Write(result.GetValue(options.Output), output => Write(view, format, output, terminal));
            return problem is null ? ExitCode.Ok : terminal.Fail(ExitCode.Failed, [problem], format);

            List<Diagnostic> Shown(IEnumerable<Diagnostic> findings) =>
                [.. findings.Where(d => d.Severity != DiagnosticSeverity.Information || terminal.Verbose)];
        });
        return command;
    }

    private static void Write(ConnectivityView view, OutputFormat format, Stream output, Terminal terminal)
    {
        switch (format)
        {
            case OutputFormat.Json:
                ConnectivityJson.Write(view, output);
                break;
            case OutputFormat.Csv:
                ConnectivityCsv.Write(view, output);
                break;
            case OutputFormat.Markdown:
                ConnectivityMarkdown.Write(view, output);
                break;
            case OutputFormat.Dot:
                ConnectivityDot.Write(view, output);
                break;
            case OutputFormat.Html:
                ReportPage.Write(view, output);
                break;
            case OutputFormat.Sarif:
                break;
            default:
                ConnectivityText.Write(view, output, terminal);
                break;
        }
    }
}
