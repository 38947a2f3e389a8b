using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PolicyCompiler.Cli.Rendering;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline.Comparison;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Cli.Commands;

/// <summary><c>policyc diff</c>: which flows two inputs decide differently.</summary>
internal static class DiffCommand
{
    public const string Name = "diff";

    private const string Any = "any";

    public static Command Create(GlobalOptions global)
    {
        var operands = new Argument<string[]>("OLD NEW")
        {
            Description = "Paths, bundles or REVISION:PATH; or git revisions with paths after --: A..B -- PATH, A B -- PATH, A -- PATH (against the working tree).",
            Arity = ArgumentArity.OneOrMore,
        };
        var with = new Option<string[]>("--with") { Description = "A file or directory that both sides have besides, such as the cluster's workloads.", HelpName = "PATH" };
        var failOn = new Option<string[]>("--fail-on") { Description = "End with 1 if there are differences of this kind; may be given more than once.", HelpName = "widened|narrowed|changed|added|removed|any" };
        failOn.AcceptOnlyFromAmong([.. Enum.GetValues<ChangeKind>().Select(k => k.Word()), Any]);
        var allow = new Option<string?>("--allow") { Description = "A list of flows whose differences are tolerated.", HelpName = "FILE" };
        var input = new InputOptions();
        var command = new Command(Name, "List every flow that two inputs decide differently, with the rule responsible, or prove that there is none.");
        command.Add(operands);
        foreach (var option in new Option[] { with, failOn, allow, input.IpBlockMatchesPods, input.DnsRecords, input.WarningsAsErrors })
        {
            command.Add(option);
        }

        command.SetAction(result =>
        {
            var terminal = global.TerminalOf(result);
            var format = global.FormatOf(result);
            var directory = Directory.GetCurrentDirectory();
            var (before, after) = Split(result.GetRequiredValue(operands), result.Tokens);
            if (DiffOperands.Check(before, after) is { } problem)
            {
                return terminal.Fail(ExitCode.Usage, [CliDiagnostics.Usage.At(SourceSpan.None, problem)], format);
            }

            var sides = DiffOperands.Resolve(before, after, directory);
            var list = ReadAllowList(result.GetValue(allow));
            if (sides.Value is null || !list.Succeeded)
            {
                return terminal.Fail(ExitCode.Failed, [.. sides.Diagnostics, .. list.Diagnostics], format);
            }

            using var standardInput = Console.OpenStandardInput();
            var comparison = new ComparisonPipeline(CompilerHost.CodeGenerator, new LibbpfVerifier(), standardInput, directory).Compare(new ComparisonRequest(
                sides.Value.Item1, sides.Value.Item2, [.. result.GetValue(with) ?? []], new GraphOptions(result.GetValue(input.IpBlockMatchesPods)), result.GetValue(input.DnsRecords))
            {
                Progress = terminal.Stages.Show,
            });
            terminal.Stages.Clear();
            var findings = Findings(comparison, terminal.Verbose);
            var exitCode = CompilerHost.ExitCodeOf(findings, result.GetValue(input.WarningsAsErrors));
            if (comparison.Report is null || exitCode != ExitCode.Ok)
            {
                return terminal.Fail(exitCode == ExitCode.Ok ? ExitCode.Failed : exitCode, findings, format);
            }

            var differences = list.Value!.Apply(comparison.Report);
            terminal.Report(findings);
            Write(new DiffListing(comparison.Report, differences), format, terminal);
            var unused = list.Value.Entries.Except(differences.SelectMany(d => d.By)).Select(e => AllowListReader.UnusedEntry.At(e.Span)).ToList();
            terminal.Report(unused);
            return Judge(differences, result.GetValue(failOn) ?? [], terminal) is not ExitCode.Ok and var failed ? failed
                : CompilerHost.ExitCodeOf(unused, result.GetValue(input.WarningsAsErrors));
        });
        return command;
    }

    private static void Write(DiffListing listing, OutputFormat format, Terminal terminal)
    {
        switch (format)
        {
            case OutputFormat.Json:
                DiffJson.Write(listing, terminal);
                break;
            case OutputFormat.Markdown:
                DiffMarkdown.Write(listing, terminal);
                break;
            case OutputFormat.Sarif:
                break;
            default:
                DiffText.Write(listing, terminal);
                break;
        }
    }

    private static int Judge(ImmutableArray<ToleratedDifference> differences, string[] kinds, Terminal terminal)
    {
        var forbidden = differences.Where(d => !d.IsTolerated && (kinds.Contains(Any) || kinds.Contains(d.Difference.Kind.Word())))
            .Select(d => d.Difference.Kind).ToList();
        if (forbidden.Count == 0)
        {
            return ExitCode.Ok;
        }

        terminal.Report([DiffDiagnostics.Forbidden.At(SourceSpan.None, DiffListing.Counted(forbidden), string.Join(" and ", kinds))]);
        return ExitCode.Failed;
    }

    private static Stage<AllowList> ReadAllowList(string? file)
    {
        if (file is null)
        {
            return Stage.Of(AllowList.Empty);
        }

        var texts = InputFileReader.Read([file], Stream.Null);
        return texts.Value is [var text] ? AllowListReader.Read(text) : Stage.Of<AllowList>(null, texts.Diagnostics);
    }

    /// <summary>What is wrong with the old side alone is past, unless it keeps the sides from being compared.</summary>
    private static List<Diagnostic> Findings(ComparisonResult comparison, bool verbose) =>
    [
        .. comparison.Old.Diagnostics.Where(d => verbose || d.Severity == DiagnosticSeverity.Error)
            .Concat(comparison.New.Diagnostics.Where(d => verbose || d.Severity != DiagnosticSeverity.Information))
            .Concat(comparison.Diagnostics).DistinctBy(d => d.ToString()),
    ];

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
