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
        var kernels = new KernelOptions();
        var command = new Command("verify", "Have the running kernel, or others in an emulator, verify policies or bundles.");
        input.AddTo(command);
        kernels.AddTo(command);
        command.Add(exhaustive);
        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var format = global.FormatOf(result);
            var paths = result.GetRequiredValue(input.Paths);
            if (kernels.AreUsed(result) || (paths.Length > 1 && paths.All(BundleReader.IsBundle)))
            {
                return result.GetValue(exhaustive)
                    ? terminal.Fail(ExitCode.Usage, [CliDiagnostics.Usage.At(SourceSpan.None, "--exhaustive asks the running kernel about policies, without other kernels or a baseline")], format)
                    : new KernelComparison(input, kernels, result, format, terminal).Run();
            }

            if (paths.Length == 1 && BundleReader.IsBundle(paths[0]))
            {
                if (result.GetValue(exhaustive))
                {
                    return terminal.Fail(
                        ExitCode.Usage, [CliDiagnostics.Usage.At(SourceSpan.None, "--exhaustive compares with the policies: name them instead of the bundle")], format);
                }

                return VerifyBundle(paths[0], format, terminal);
            }

            var compilation = CompilerHost.Compile(input.RequestOf(result, CompileStage.Verification), terminal);
            terminal.Run.Compilation = compilation;
            terminal.Report(compilation.Diagnostics);
            var exitCode = CompilerHost.ExitCodeOf(compilation.Diagnostics, result.GetValue(input.WarningsAsErrors));
            AgreementReport? agreement = null;
            if (exitCode == ExitCode.Ok && result.GetValue(exhaustive))
            {
                terminal.Stages.Show("comparing rule graph, tables and kernel");
                agreement = Compare(compilation, terminal);
                terminal.Stages.Clear();
                terminal.Run.Agreement = agreement;
                exitCode = agreement.Agrees ? ExitCode.Ok : ExitCode.Internal;
            }

            if (format == OutputFormat.Json)
            {
                CompileSummary.WriteJson(compilation, agreement, exitCode, terminal);
                return exitCode;
            }

            if (agreement is not null)
            {
                var scope = agreement.Scope switch
                {
                    AgreementScope.Everything => "every endpoint and address",
                    AgreementScope.Identities => "every policy and identity",
                    _ => "every policy, identity class and port class",
                };
                terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {"agreement",-12}{agreement.Decisions:N0} decisions over {scope}: graph, tables and kernel {(agreement.Agrees ? "agree on all" : $"disagree on {agreement.DisagreementCount:N0}")}"));
            }

            CompileSummary.WriteText(compilation, null, [], exitCode, terminal);
            return exitCode;
        });
        return command;
    }

    private static AgreementReport Compare(Compilation compilation, Terminal terminal)
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

        return report;
    }

    private static int VerifyBundle(string directory, OutputFormat format, Terminal terminal)
    {
        var bundle = BundleReader.Read(directory);
        if (bundle.Value is null)
        {
            return terminal.Fail(ExitCode.Failed, bundle.Diagnostics, format);
        }

        var objects = new List<BpfObject>();
        foreach (var (name, elf) in bundle.Value.Objects)
        {
            var read = BpfObjectReader.Read(name, elf);
            if (read.Value is null)
            {
                return terminal.Fail(ExitCode.Failed, read.Diagnostics, format);
            }

            objects.Add(read.Value);
        }

        var report = new LibbpfVerifier().Verify(objects, bundle.Value.Maps);
        terminal.Run.Verification = report.Value;
        terminal.Report(report.Diagnostics);
        var exitCode = CompilerHost.ExitCodeOf(report.Diagnostics, warningsAsErrors: false);
        if (format == OutputFormat.Json)
        {
            CompileSummary.WriteJson(report.Value!, report.Diagnostics, exitCode, terminal);
            return exitCode;
        }

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
        return exitCode;
    }
}
