using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc compile</c>: policies in, verified bundle out.</summary>
internal static class CompileCommand
{
    private const string WhenAvailable = "when-available";
    private const string None = "none";

    public static Command Create(GlobalOptions global)
    {
        var input = new InputOptions();
        var output = new Option<string>("--output", "-o") { Description = "Directory for the bundle; without it nothing is written.", HelpName = "DIR" };
        var verify = GlobalOptions.OneOf(
            "--verify",
            "kernel: the running kernel's verifier must accept the programs; when-available: it must where it can be asked, otherwise a warning says that they are unverified; none: they stay unverified.",
            "kernel",
            "kernel",
            WhenAvailable,
            None);
        var gates = new GateOptions(global);
        var command = new Command("compile", "Compile policies to tables and BPF programs, have the kernel verify them, and write a bundle.");
        input.AddTo(command);
        command.Add(output);
        command.Add(verify);
        gates.AddTo(command);
        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var mode = result.GetValue(verify);
            var request = input.RequestOf(result, mode == None ? CompileStage.Objects : CompileStage.Verification) with { With = [.. gates.WithOf(result)] };
            var compilation = CompilerHost.Compile(request, terminal);
            compilation = mode switch
            {
                None when compilation.Succeeded => Unverified(compilation, "--verify none", DiagnosticSeverity.Information),
                WhenAvailable => AcceptUnavailable(compilation),
                _ => compilation,
            };
            compilation = new Gates(gates.RequestOf(result), request, terminal).Ask(compilation);
            return Finish(compilation, result.GetValue(output), result.GetValue(input.WarningsAsErrors), global.FormatOf(result), terminal);
        });
        return command;
    }

    /// <summary>A kernel that cannot be asked is a warning then; one that was asked has the last word.</summary>
    private static Compilation AcceptUnavailable(Compilation compilation)
    {
        var missing = compilation.Diagnostics.Where(KernelDiagnostics.IsEnvironment).ToList();
        return missing.Count == 0
            ? compilation
            : Unverified(compilation with { Diagnostics = compilation.Diagnostics.RemoveRange(missing) }, string.Join("; ", missing.Select(m => m.Message)), DiagnosticSeverity.Warning);
    }

    private static Compilation Unverified(Compilation compilation, string reason, DiagnosticSeverity severity) => compilation with
    {
        Verification = VerificationReport.NotRun(reason),
        Diagnostics = compilation.Diagnostics.Add(CliDiagnostics.Unverified.At(SourceSpan.None, reason) with { Severity = severity }),
    };

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
