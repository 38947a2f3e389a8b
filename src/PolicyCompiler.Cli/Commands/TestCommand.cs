using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc test</c>: whether assertions about flows hold.</summary>
internal static class TestCommand
{
    public const string Name = "test";

    public static Command Create(GlobalOptions global)
    {
        var input = new InputOptions();
        var files = new Option<string[]>("--assertions") { Description = "A file of assertions; without it the .flow files among PATH and below its directories.", HelpName = "FILE" };
        var inKernel = new Option<bool>("--in-kernel") { Description = "Also run flows of every decision that an assertion met through the compiled programs in this kernel." };
        var command = new Command(Name, "Check assertions about flows, written in .flow files.");
        input.AddTo(command);
        foreach (var option in new Option[] { files, global.JUnit, inKernel })
        {
            command.Add(option);
        }

        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var format = global.FormatOf(result);
            var paths = result.GetRequiredValue(input.Paths);
            var policies = AssertionFileReader.WithoutAssertions(paths);
            if (policies.IsEmpty)
            {
                return terminal.Fail(ExitCode.Usage, [CliDiagnostics.Usage.At(SourceSpan.None, "name the policies that the assertions are about, too")], format);
            }

            var named = result.GetValue(files) ?? [];
            var suites = AssertionFileReader.Read(named.Length > 0 ? [.. paths.Where(p => !Directory.Exists(p))] : paths, named);
            var asksKernel = result.GetValue(inKernel);
            var compilation = CompilerHost.Compile(input.RequestOf(result, asksKernel ? CompileStage.Objects : CompileStage.Tables) with { Paths = policies }, terminal);
            List<Diagnostic> findings =
                [.. compilation.Diagnostics.Concat(suites.Diagnostics).Where(d => d.Severity != DiagnosticSeverity.Information || terminal.Verbose)];
            var exitCode = CompilerHost.ExitCodeOf(findings, result.GetValue(input.WarningsAsErrors));
            if (exitCode != ExitCode.Ok)
            {
                return terminal.Fail(exitCode, findings, format);
            }

            var report = TestReport.Of(compilation, suites.Value!, asksKernel);
            terminal.Run.Tests = report;
            findings.AddRange(report.Findings);
            findings.AddRange(report.Kernel?.Diagnostics ?? []);
            exitCode = report.Kernel is { Diagnostics.Count: > 0 } kernel ? (kernel.Disagrees ? ExitCode.Internal : ExitCode.Environment)
                : report.Count(AssertionOutcome.Failed) > 0 ? ExitCode.Failed
                : ExitCode.Ok;
            Write(report, findings, exitCode, format, terminal);
            return exitCode;
        });
        return command;
    }

    private static void Write(TestReport report, IReadOnlyList<Diagnostic> findings, int exitCode, OutputFormat format, Terminal terminal)
    {
        switch (format)
        {
            case OutputFormat.Json:
                TestJson.Write(report, findings, exitCode, terminal);
                break;
            case OutputFormat.Tap:
                TapText.Write(report, terminal);
                break;
            default:
                TestText.Write(report, terminal);
                break;
        }

        terminal.Report(findings);
    }
}
