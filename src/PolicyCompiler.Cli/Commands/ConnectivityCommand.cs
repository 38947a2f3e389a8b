using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc connectivity</c>: who may talk to whom.</summary>
internal static class ConnectivityCommand
{
    public const string Name = "connectivity";

    public static Command Create(GlobalOptions global)
    {
        var input = new InputOptions();
        var services = new Option<bool>("--services") { Description = "Also list who may talk to which service, decided at its backends." };
        var command = new Command(Name, "List who may talk to whom, by workload.");
        input.AddTo(command);
        command.Add(services);
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

            var report = ConnectivityBuilder.Build(compilation.Tables!);
            terminal.Report(Shown([.. compilation.Diagnostics, .. ConnectivityDiagnostics.Check(report)]));
            var withServices = result.GetValue(services);
            switch (format)
            {
                case OutputFormat.Json:
                    ConnectivityListing.WriteJson(report, withServices);
                    break;
                case OutputFormat.Csv:
                    ConnectivityListing.WriteCsv(report, withServices);
                    break;
                case OutputFormat.Sarif:
                    break;
                default:
                    ConnectivityListing.WriteText(report, withServices, terminal);
                    break;
            }

            return ExitCode.Ok;

            List<Diagnostic> Shown(IEnumerable<Diagnostic> findings) =>
                [.. findings.Where(d => d.Severity != DiagnosticSeverity.Information || terminal.Verbose)];
        });
        return command;
    }
}
