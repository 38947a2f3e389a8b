using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// What a kernel verifier log says (kernel/bpf/verifier.c, kernel/bpf/log.c). The text is not a stable interface: a line
/// that is not recognised is taken for part of the error, so that nothing decisive is hidden.
/// </summary>
public sealed partial record VerifierLog
{
    /// <summary>The line that states why the program was refused; empty when the log ends without one.</summary>
    public string Error => ErrorLines.IsEmpty ? "" : ErrorLines[0];

    /// <summary>Everything the verifier said after the last instruction it walked, decisive line first.</summary>
    public required ImmutableArray<string> ErrorLines { get; init; }

    /// <summary>The last instruction before the error, as the log shows it without register state; empty if none.</summary>
    public required string Instruction { get; init; }

    /// <summary>Index of that instruction in 8-byte slots; -1 if none.</summary>
    public required int InstructionIndex { get; init; }

    /// <summary>Source annotations in order of appearance, without immediate repetitions.</summary>
    public required ImmutableArray<VerifierLogSource> Sources { get; init; }

    /// <summary>Instructions walked over all paths; 0 when not said. Likewise below.</summary>
    public int ProcessedInstructions { get; init; }

    public int TotalStates { get; init; }

    public int PeakStates { get; init; }

    /// <summary>Sum of the stack depths of the program's functions, in bytes.</summary>
    public int StackBytes { get; init; }

    /// <summary>Verification time.</summary>
    public int Microseconds { get; init; }

    public static VerifierLog Parse(string text)
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        var sources = ImmutableArray.CreateBuilder<VerifierLogSource>();
        var statistics = new VerifierLog { ErrorLines = [], Instruction = "", InstructionIndex = -1, Sources = [] };
        var instruction = "";
        var instructionIndex = -1;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.TrimEnd();
            if (line.IsEmpty)
            {
                continue;
            }

            if (line[0] == ';')
            {
                Add(sources, ParseSource(line));
                errors.Clear();
            }
            else if (InstructionLine().IsMatch(line))
            {
                (instructionIndex, instruction) = ParseInstruction(line);
                AddTrailingSource(sources, line);
                errors.Clear();
            }
            else if (StateLine().IsMatch(line))
            {
                errors.Clear();
            }
            else if (!TryReadStatistics(line, ref statistics))
            {
                errors.Add(line.ToString());
            }
        }

        return statistics with
        {
            ErrorLines = errors.ToImmutable(),
            Instruction = instruction,
            InstructionIndex = instructionIndex,
            Sources = sources.ToImmutable(),
        };
    }

    private static void Add(ImmutableArray<VerifierLogSource>.Builder sources, VerifierLogSource source)
    {
        if (sources.Count == 0 || sources[^1] != source)
        {
            sources.Add(source);
        }
    }

    // At a jump back the kernel puts the annotation of what follows behind the instruction, where register state goes.
    private static void AddTrailingSource(ImmutableArray<VerifierLogSource>.Builder sources, ReadOnlySpan<char> line)
    {
        var comment = line.IndexOf(';');
        if (comment >= 0 && ParseSource(line[comment..]) is { Line: > 0 } source)
        {
            Add(sources, source);
        }
    }

    private static VerifierLogSource ParseSource(ReadOnlySpan<char> line)
    {
        var text = line[1..].Trim();
        var at = text.LastIndexOf(" @ ", StringComparison.Ordinal);
        var colon = text.LastIndexOf(':');
        return at >= 0 && colon > at && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new VerifierLogSource(text[..at].Trim().ToString(), text[(at + 3)..colon].ToString(), number)
            : new VerifierLogSource(text.ToString(), "", 0);
    }

    private static (int Index, string Text) ParseInstruction(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        var state = line.IndexOf(';');
        var text = state < 0 ? line : line[..state];
        return (Number(line[..colon]), text.TrimEnd().ToString());
    }

    private static bool TryReadStatistics(ReadOnlySpan<char> line, ref VerifierLog log)
    {
        var words = line.ToString().Split(' ');
        switch (words)
        {
            case ["verification", "time", var time, "usec", ..]:
                log = log with { Microseconds = Number(time) };
                return true;
            case ["stack", "depth", var depths, ..]:
                log = log with { StackBytes = depths.Split('+').Sum(d => Number(d)) };
                return true;
            case ["processed", var processed, "insns", ..]:
                log = log with
                {
                    ProcessedInstructions = Number(processed),
                    TotalStates = After(words, "total_states"),
                    PeakStates = After(words, "peak_states"),
                };
                return true;
            default:
                return false;
        }
    }

    private static int After(string[] words, string name)
    {
        var index = Array.IndexOf(words, name);
        return index >= 0 && index + 1 < words.Length ? Number(words[index + 1]) : 0;
    }

    private static int Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    [GeneratedRegex(@"^\d+: \([0-9a-f]{2}\) ", RegexOptions.CultureInvariant)]
    private static partial Regex InstructionLine();

    // Register states, branches taken up again, calls, and the backtracking notes of precision tracking.
    [GeneratedRegex(
        @"^(\d+: (R\d|frame\d|safe)|\d+: $|from \d+ to \d+|frame\d+: |func#\d+ @\d+|mark_precise: |caller:|callee:|returning from |to caller at |propagating |parent |last_idx |regs=| R\d+|Live regs |Validating )",
        RegexOptions.CultureInvariant)]
    private static partial Regex StateLine();
}
