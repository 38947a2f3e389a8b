using System.Globalization;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel.Emulation;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Cli.Rendering;

/// <summary>What several kernels said of the same programs, side by side.</summary>
internal static class KernelTable
{
    private const int Gap = 3;

    public static void WriteText(IReadOnlyList<KernelVerdicts> verdicts, IReadOnlyList<VerificationInput> inputs, int exitCode, Terminal terminal)
    {
        var nameWidth = verdicts.Max(v => v.Kernel.Length) + Gap;
        foreach (var verdict in verdicts)
        {
            var release = verdict.Release.Length > 0 ? $"Linux {verdict.Release}: " : "";
            terminal.Output.WriteLine($"  {terminal.Faint(verdict.Kernel.PadRight(nameWidth))}{release}{Summary(verdict, terminal)}");
        }

        terminal.Output.WriteLine($"  {terminal.Faint("By program: its size in 8-byte slots, then instructions the verifier processed / bytes of stack")}");
        for (var i = 0; i < inputs.Count; i++)
        {
            WriteInput(inputs[i], [.. verdicts.Select(v => (v.Kernel, v.Reports[i]))], terminal);
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine(Overall(verdicts) switch
        {
            VerificationOutcome.Accepted when exitCode == ExitCode.Ok => terminal.Good(verdicts.Count == 1 ? "accepted by the kernel" : Text($"accepted by all {verdicts.Count} kernels")),
            VerificationOutcome.Accepted => terminal.Bad("accepted by every kernel, with errors"),
            VerificationOutcome.Rejected => terminal.Bad(Text($"REJECTED by {verdicts.Count(v => v.Outcome == VerificationOutcome.Rejected)} of {verdicts.Count} kernels")),
            _ => terminal.Warn(Text($"NO RESULT from {verdicts.Count(v => v.Outcome == VerificationOutcome.NoResult)} of {verdicts.Count} kernels, and no refusal")),
        });
    }

    public static void WriteJson(
        IReadOnlyList<KernelVerdicts> verdicts, IReadOnlyList<VerificationInput> inputs, IReadOnlyCollection<Diagnostic> findings, int exitCode, Terminal terminal) =>
        terminal.WriteJson(json =>
        {
            json.WriteNumber("exitCode", exitCode);
            json.WriteString("verification", BundleWriter.OutcomeWord(Overall(verdicts)));
            json.WriteObjects("kernels", verdicts, verdict =>
            {
                json.WriteString("kernel", verdict.Kernel);
                json.WriteString("release", verdict.Release);
                json.WriteString("verification", BundleWriter.OutcomeWord(verdict.Outcome));
            });
            var rows = inputs.SelectMany((input, i) => input.Objects.SelectMany(o => o.Programs, (o, p) => (i, Input: input, Object: o, Program: p)));
            json.WriteObjects("programs", rows, row =>
            {
                json.WriteString("input", row.Input.Name);
                json.WriteString("object", row.Object.Name);
                json.WriteString("subject", row.Input.SubjectOf(row.Object.Name));
                json.WriteString("program", row.Program.Name);
                json.WriteNumber("instructions", row.Program.InstructionCount);
                json.WriteObjects("kernels", verdicts, verdict =>
                {
                    var (outcome, statistics) = Find(verdict.Reports[row.i], row.Object.Name, row.Program.Name);
                    json.WriteString("kernel", verdict.Kernel);
                    json.WriteString("verification", BundleWriter.OutcomeWord(outcome));
                    if (statistics is not null)
                    {
                        json.WriteNumber("processedInstructions", statistics.ProcessedInstructions);
                        json.WriteNumber("stackBytes", statistics.StackBytes);
                        json.WriteNumber("totalStates", statistics.TotalStates);
                        json.WriteNumber("peakStates", statistics.PeakStates);
                    }
                });
            });
            json.WriteFindings(findings);
        });

    private static void WriteInput(VerificationInput input, IReadOnlyList<(string Kernel, VerificationReport Report)> columns, Terminal terminal)
    {
        string[] header = [input.Name, "", "", "slots", .. columns.Select(c => c.Kernel)];
        List<string[]> rows = [header];
        foreach (var item in input.Objects)
        {
            foreach (var program in item.Programs)
            {
                string[] cells = [.. columns.Select(c => Cell(Find(c.Report, item.Name, program.Name)))];
                rows.Add([item.Name, input.SubjectOf(item.Name), program.Name, Text($"{program.InstructionCount:N0}"), .. cells]);
            }
        }

        const int LeftColumns = 3;
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(c => (c == 0 ? rows.Skip(1) : rows).Max(r => r[c].Length))];
        terminal.Output.WriteLine();
        foreach (var row in rows)
        {
            // The input's name may reach into the columns beside it, which have no heading.
            var left = ReferenceEquals(row, header)
                ? header[0].PadRight(widths.Take(LeftColumns).Sum() + ((LeftColumns - 1) * Gap))
                : string.Join(new string(' ', Gap), row.Take(LeftColumns).Select((cell, c) => cell.PadRight(widths[c])));
            var right = row.Skip(LeftColumns).Select((cell, c) => cell.PadLeft(widths[LeftColumns + c] + Gap));
            var line = $"  {left}{string.Concat(right)}";
            terminal.Output.WriteLine(ReferenceEquals(row, header) ? terminal.Faint(line) : line);
        }
    }

    private static string Summary(KernelVerdicts verdict, Terminal terminal)
    {
        var programs = verdict.Reports.SelectMany(r => r.Objects).SelectMany(o => o.Programs).ToList();
        return verdict.Outcome switch
        {
            VerificationOutcome.Accepted => Text($"accepted, {programs.Count} programs, at most {programs.Max(p => p.ProcessedInstructions):N0} instructions processed"),
            VerificationOutcome.Rejected => terminal.Bad(Text($"REJECTED, {verdict.Reports.Sum(r => r.Objects.Count(o => o.Outcome == VerificationOutcome.Rejected))} objects")),
            _ => terminal.Warn("no result"),
        };
    }

    private static VerificationOutcome Overall(IReadOnlyList<KernelVerdicts> verdicts) =>
        verdicts.Any(v => v.Outcome == VerificationOutcome.Rejected) ? VerificationOutcome.Rejected
        : verdicts.All(v => v.Outcome == VerificationOutcome.Accepted) ? VerificationOutcome.Accepted
        : VerificationOutcome.NoResult;

    private static (VerificationOutcome Outcome, ProgramStatistics? Statistics) Find(VerificationReport report, string item, string program) =>
        report.Objects.FirstOrDefault(o => o.ObjectName == item) is { } found
            ? (found.Outcome, found.Programs.FirstOrDefault(p => p.Program == program))
            : (VerificationOutcome.NoResult, null);

    private static string Cell((VerificationOutcome Outcome, ProgramStatistics? Statistics) found) => found switch
    {
        (_, { } statistics) => Text($"{statistics.ProcessedInstructions:N0} / {statistics.StackBytes}"),
        (VerificationOutcome.Rejected, _) => "REJECTED",
        _ => "no result",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
