using System.CommandLine;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Lint;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Lint;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc lint</c>: what is needless, unreachable or wider than meant in policies that compile.</summary>
internal static class LintCommand
{
    public static Command Create(GlobalOptions global)
    {
        var input = new InputOptions();
        var config = ConfigOption();
        var fix = new Option<bool>("--fix") { Description = "Delete the rules that are needless whatever pods there are, once it is proven that no decision changes." };
        var command = new Command("lint", "Find rules that are needless, unreachable or wider than meant.");
        input.AddTo(command);
        command.Add(config);
        command.Add(fix);
        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var format = global.FormatOf(result);
            var configuration = LintConfigurationFile.Read(result.GetValue(config), result.GetRequiredValue(input.Paths)[0]);
            if (!configuration.Succeeded)
            {
                return terminal.Fail(ExitCode.Failed, configuration.Diagnostics, format);
            }

            var request = input.RequestOf(result, CompileStage.Tables);
            var compilation = CompilerHost.Compile(request, terminal);
            if (!compilation.Succeeded)
            {
                return terminal.Fail(CompilerHost.ExitCodeOf(compilation.Diagnostics, warningsAsErrors: false), compilation.Diagnostics, format);
            }

            var lint = LintRun.Check(compilation, configuration.Value!);
            var mended = result.GetValue(fix) ? Mend(compilation, lint, request) : new LintFix([], [], []);
            IReadOnlyList<LintFinding> left = [.. lint.Findings.Except(mended.Fixed), .. mended.Findings.Select(d => new LintFinding(d))];
            List<Diagnostic> diagnostics = [.. configuration.Diagnostics, .. left.Select(f => f.Diagnostic)];
            var exitCode = CompilerHost.ExitCodeOf(diagnostics, result.GetValue(input.WarningsAsErrors));
            terminal.Report(diagnostics);
            if (format == OutputFormat.Json)
            {
                LintListing.WriteJson(compilation.Graph!, left, mended.Fixed, lint.Suppressed, exitCode, terminal);
            }
            else
            {
                LintListing.WriteText(left, mended, lint.Suppressed, terminal);
            }

            return exitCode;
        });
        return command;
    }

    public static Option<string?> ConfigOption() => new("--config")
    {
        Description = $"Configuration file, or '{LintConfigurationFile.None}' for none. Without it {LintConfigurationFile.Name} of the working directory, or of a directory around the first PATH.",
        HelpName = "FILE",
    };

    private static LintFix Mend(Compilation compilation, LintResult lint, CompileRequest request)
    {
        var fix = LintFixer.Prepare(compilation, lint.Findings, request.Options);
        return fix.Texts.IsEmpty || LintFixWriter.Write(compilation, fix.Texts) is not { } problem ? fix : new LintFix([], [], [problem]);
    }
}
