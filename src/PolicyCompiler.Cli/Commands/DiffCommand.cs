using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Cli.Report;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline.Comparison;
using PolicyCompiler.Pipeline.Git;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc diff</c>: which flows two inputs decide differently.</summary>
internal static class DiffCommand
{
    public const string Name = "diff";

    public static Command Create(GlobalOptions global)
    {
        var operands = new Argument<string[]>("OLD NEW")
        {
            Description = "Paths, bundles or REVISION:PATH; or git revisions with paths after --: A..B -- PATH, A B -- PATH, A -- PATH (against the working tree).",
            Arity = ArgumentArity.OneOrMore,
        };
        var differences = new DifferenceOptions();
        var output = OutputFile.Option();
        var input = new InputOptions();
        var command = new Command(Name, "List every flow that two inputs decide differently, with the rule responsible, or prove that there is none.");
        command.Add(operands);
        differences.AddTo(command);
        foreach (var option in new Option[] { output, input.IpBlockMatchesPods, input.DnsRecords, input.WarningsAsErrors })
        {
            command.Add(option);
        }

        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var format = global.FormatOf(result);
            var directory = Directory.GetCurrentDirectory();
            var (before, after) = Split(result.GetRequiredValue(operands), result.Tokens);
            if (DiffOperands.Check(before, after) is { } wrong)
            {
                return terminal.Fail(ExitCode.Usage, [CliDiagnostics.Usage.At(SourceSpan.None, wrong)], format);
            }

            var sides = DiffOperands.Resolve(before, after, directory);
            var list = differences.ReadAllowList(result);
            if (sides.Value is null || !list.Succeeded)
            {
                return terminal.Fail(ExitCode.Failed, [.. sides.Diagnostics, .. list.Diagnostics], format);
            }

            using var standardInput = Console.OpenStandardInput();
            var request = new ComparisonRequest(
                sides.Value.Item1, sides.Value.Item2, [.. differences.WithOf(result)], new GraphOptions(result.GetValue(input.IpBlockMatchesPods)), result.GetValue(input.DnsRecords))
            {
                Progress = terminal.Stages.Show,
            };
            var comparison = new ComparisonPipeline(CompilerHost.CodeGenerator, new LibbpfVerifier(), standardInput, directory).Compare(request);
            terminal.Stages.Clear();
            var failOn = differences.FailOnOf(result);
            List<Diagnostic> findings =
            [
                .. DiffGate.FindingsOf(comparison, failOn.Length > 0)
                    .Concat(comparison.Old.Diagnostics.Where(d => terminal.Verbose && !GitDiagnostics.IsIncomplete(d) && d.Severity != DiagnosticSeverity.Error))
                    .Concat(comparison.New.Diagnostics.Where(d => terminal.Verbose || d.Severity != DiagnosticSeverity.Information))
                    .DistinctBy(d => d.ToString()),
            ];
            var exitCode = CompilerHost.ExitCodeOf(findings, result.GetValue(input.WarningsAsErrors));
            if (comparison.Report is null || exitCode != ExitCode.Ok)
            {
                return terminal.Fail(exitCode == ExitCode.Ok ? ExitCode.Failed : exitCode, findings, format);
            }

            var gate = DiffGate.Judge(comparison.Report, list.Value!, failOn);
            terminal.Run.Differences = gate.Listing;
            terminal.Report(findings);
            var file = result.GetValue(output);
            if (OutputFile.Write(file, stream => Write(gate.Listing, format, file is null ? terminal : terminal.To(TextWriter.Null, plain: true), stream, DiffOperands.Names(request))) is { } problem)
            {
                return terminal.Fail(ExitCode.Failed, [problem, .. gate.Findings], format);
            }

            terminal.Report(gate.Findings);
            return CompilerHost.ExitCodeOf(gate.Findings, result.GetValue(input.WarningsAsErrors));
        });
        return command;
    }

    private static void Write(DiffListing listing, OutputFormat format, Terminal terminal, Stream output, ImmutableArray<NamedSide> sides)
    {
        switch (format)
        {
            case OutputFormat.Json:
                DiffJson.Write(listing, output);
                break;
            case OutputFormat.Markdown:
                DiffMarkdown.Write(listing, output);
                break;
            case OutputFormat.Html:
                DiffPage.Write(listing, sides, output);
                break;
            case OutputFormat.Sarif:
                break;
            default:
                DiffText.Write(listing, terminal, output);
                break;
        }
    }

    /// <summary>The arguments before and after <c>--</c>, behind which every word is one; null: it is not there.</summary>
    private static (string[] Before, string[]? After) Split(string[] values, IReadOnlyList<Token> tokens)
    {
        var dashes = tokens.Select((t, i) => (t.Type, Index: i)).Where(t => t.Type == TokenType.DoubleDash).Select(t => t.Index).ToList();
        if (dashes.Count == 0)
        {
            return (values, null);
        }

        var after = tokens.Count - dashes[0] - 1;
        return (values[..^after], values[^after..]);
    }
}
