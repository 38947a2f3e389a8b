using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc compile</c>: policies in, verified bundle out.</summary>
internal static class CompileCommand
{
    public static Command Create(GlobalOptions global)
    {
        var input = new InputOptions();
        var output = new Option<string>("--output", "-o") { Description = "Directory for the bundle; without it nothing is written.", HelpName = "DIR" };
        var verify = GlobalOptions.OneOf("--verify", "kernel: the running kernel's verifier must accept the programs; none: they stay unverified.", "kernel", "kernel", "none");
        var command = new Command("compile", "Compile policies to tables and BPF programs, have the kernel verify them, and write a bundle.");
        input.AddTo(command);
        command.Add(output);
        command.Add(verify);
        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var kernel = result.GetValue(verify) == "kernel";
            var compilation = CompilerHost.Compile(input.RequestOf(result, kernel ? CompileStage.Verification : CompileStage.Objects), terminal);
            if (!kernel && compilation.Succeeded)
            {
                var reason = "--verify none";
                compilation = compilation with
                {
                    Verification = VerificationReport.NotRun(reason),
                    Diagnostics = compilation.Diagnostics.Add(CliDiagnostics.Unverified.At(SourceSpan.None, reason) with { Severity = DiagnosticSeverity.Information }),
                };
            }

            return Finish(compilation, result.GetValue(output), result.GetValue(input.WarningsAsErrors), global.FormatOf(result), terminal);
        });
        return command;
    }

    private static int Finish(Compilation compilation, string? directory, bool warningsAsErrors, OutputFormat format, Terminal terminal)
    {
        var exitCode = CompilerHost.ExitCodeOf(compilation.Diagnostics, warningsAsErrors);
        IReadOnlyList<(string Path, byte[] Content)> files = [];
        if (exitCode == ExitCode.Ok && directory is not null)
        {
            files = BundleWriter.Files(compilation, CompilerHost.CodeGenerator.Version);
            if (BundleWriter.Write(files, directory) is { } problem)
            {
                compilation = compilation with { Diagnostics = compilation.Diagnostics.Add(problem) };
                exitCode = ExitCode.Failed;
            }
        }

        terminal.Run.Compilation = compilation;
        if (terminal.Verbose)
        {
            foreach (var item in compilation.Verification.Objects.Where(o => o.Outcome == VerificationOutcome.Rejected))
            {
                terminal.Error.WriteLine($"verifier log of {item.ObjectName}:");
                terminal.Error.WriteLine(item.Log);
            }
        }

        terminal.Report(compilation.Diagnostics);
        if (VerifierLogFile.Write(compilation.Verification, directory) is { } log)
        {
            terminal.Error.WriteLine($"policyc: the verifier's full log is in {log}");
        }

        if (format == OutputFormat.Json)
        {
            CompileSummary.WriteJson(compilation, null, exitCode, terminal);
        }
        else
        {
            CompileSummary.WriteText(compilation, directory, files, exitCode, terminal);
        }

        return exitCode;
    }
}
