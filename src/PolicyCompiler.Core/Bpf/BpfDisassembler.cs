using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// Instructions as text in the style of the kernel verifier's log. Every block starts with a label, and wherever the
/// origin changes, and again after every label, a line names it: <c>; path:line  text</c>.
/// </summary>
public static class BpfDisassembler
{
    public static string Disassemble(BpfProgram program)
    {
        var text = new StringBuilder();
        var instructions = Decode(program.Instructions);
        var labels = instructions.Where(i => i.Value.IsBranch).Select(i => i.Value.TargetOf(i.Key)).ToHashSet();
        var references = program.MapReferences.ToLookup(r => r.InstructionIndex, r => r.Symbol);
        var line = 0;
        BpfLine? current = null;
        BpfLine? printed = null;
        foreach (var (index, instruction) in instructions)
        {
            while (line < program.Lines.Length && program.Lines[line].InstructionIndex <= index)
            {
                current = program.Lines[line++];
            }

            if (labels.Contains(index))
            {
                text.Append(CultureInfo.InvariantCulture, $"L{index}:\n");
                printed = null;
            }

            if (current is not null && !IsSamePlace(current, printed))
            {
                AppendOrigin(text, current);
                printed = current;
            }

            text.Append(CultureInfo.InvariantCulture, $"{index,6}: ");
            text.Append(InstructionText.Of(instruction, index, references[index].FirstOrDefault())).Append('\n');
        }

        return text.ToString();
    }

    private static SortedDictionary<int, BpfInstruction> Decode(ImmutableArray<byte> code)
    {
        var result = new SortedDictionary<int, BpfInstruction>();
        for (var index = 0; (index + 1) * BpfInstruction.Size <= code.Length;)
        {
            var instruction = BpfInstruction.Decode(code.AsSpan(), index);
            result.Add(index, instruction);
            index += instruction.Slots;
        }

        return result;
    }

    private static bool IsSamePlace(BpfLine line, BpfLine? other) =>
        other is not null && line.Line == other.Line && string.Equals(line.Path, other.Path, StringComparison.Ordinal);

    private static void AppendOrigin(StringBuilder text, BpfLine line)
    {
        text.Append(CultureInfo.InvariantCulture, $"; {line.Path}:{line.Line}");
        var source = line.Text.Trim();
        if (source.Length > 0)
        {
            text.Append("  ").Append(source);
        }

        text.Append('\n');
    }
}
