using System.CommandLine;
using System.Globalization;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Agreement;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Commands;

/// <summary>
/// <c>policyc verify</c>: asks the running kernel about policies or a bundle; with <c>--exhaustive</c> compares every
/// decision of policies with what the programs decide in the kernel.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create(GlobalOptions global)
    {
        var input = new InputOptions();
        var exhaustive = new Option<bool>("--exhaustive") { Description = "Compare rule graph, tables and the programs in the kernel on every decision that the policies can make." };
        var command = new Command("verify", "Have the running kernel verify policies or a bundle.");
        input.AddTo(command);
        command.Add(exhaustive);
        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var paths = result.GetRequiredValue(input.Paths);
            if (paths.Length == 1 && BundleReader.IsBundle(paths[0]))
            {
                if (result.GetValue(exhaustive))
                {
                    terminal.Error.WriteLine("policyc: error NP0000: --exhaustive compares with the policies: name them instead of the bundle");
                    return ExitCode.Usage;
                }

                return VerifyBundle(paths[0], terminal);
            }

            var compilation = CompilerHost.Compile(input.RequestOf(result, CompileStage.Verification));
            terminal.Report(compilation.Diagnostics);
            var exitCode = CompilerHost.ExitCodeOf(compilation.Diagnostics, result.GetValue(input.WarningsAsErrors));
            if (exitCode == ExitCode.Ok && result.GetValue(exhaustive))
            {
                exitCode = Compare(compilation, terminal);
            }

            CompileSummary.WriteText(compilation, null, [], exitCode, terminal);
            return exitCode;
        });
        return command;
    }

    private static int Compare(Compilation compilation, Terminal terminal)
    {
        var tables = compilation.Tables!;
        using var kernel = new KernelDatapath(tables, compilation.Plans, compilation.Objects, compilation.Maps);
        var report = AgreementChecker.Check(tables, kernel);
        foreach (var item in report.Disagreements)
        {
            var said = item.Kernel is { } word && word != item.Tables
                ? $"{PolicyTablesWriter.Describe(tables, word)} (tables: {PolicyTablesWriter.Describe(tables, item.Tables)})"
                : PolicyTablesWriter.Describe(tables, item.Tables);
            terminal.Report([CliDiagnostics.KernelDisagrees.At(item.Graph.Rule?.Span ?? SourceSpan.None, item.Flow, said, item.Graph.Allowed ? "allow" : "deny")]);
        }

        var scope = report.Scope switch
        {
            AgreementScope.Everything => "every endpoint and address",
            AgreementScope.Identities => "every policy and identity",
            _ => "every policy, identity class and port class",
        };
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {"agreement",-12}{report.Decisions:N0} decisions over {scope}: graph, tables and kernel {(report.Agrees ? "agree on all" : $"disagree on {report.DisagreementCount:N0}")}"));
        return report.Agrees ? ExitCode.Ok : ExitCode.Internal;
    }

    private static int VerifyBundle(string directory, Terminal terminal)
    {
        var bundle = BundleReader.Read(directory);
        terminal.Report(bundle.Diagnostics);
        if (bundle.Value is null)
        {
            return ExitCode.Failed;
        }

        var objects = new List<BpfObject>();
        foreach (var (name, elf) in bundle.Value.Objects)
        {
            var read = BpfObjectReader.Read(name, elf);
            terminal.Report(read.Diagnostics);
            if (read.Value is null)
            {
                return ExitCode.Failed;
            }

            objects.Add(read.Value);
        }

        var report = new LibbpfVerifier().Verify(objects, bundle.Value.Maps);
        terminal.Report(report.Diagnostics);
        foreach (var item in report.Value!.Objects)
        {
            foreach (var program in item.Programs)
            {
                terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {item.ObjectName} {program.Program}: {program.Instructions} instructions, {program.ProcessedInstructions} processed, {program.StackBytes} bytes of stack"));
            }
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine(report.Value.Outcome switch
        {
            VerificationOutcome.Accepted => terminal.Good("accepted by the kernel verifier"),
            VerificationOutcome.Rejected => terminal.Bad("REJECTED by the kernel verifier"),
            _ => terminal.Warn($"NOT VERIFIED ({report.Value.Reason})"),
        });
        return CompilerHost.ExitCodeOf(report.Diagnostics, warningsAsErrors: false);
    }
}
