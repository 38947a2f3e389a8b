using System.Globalization;

namespace PolicyCompiler.Core.Bpf;

/// <summary>One instruction as text.</summary>
internal static class InstructionText
{
    private static readonly string?[] Arithmetic =
        ["+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", null, "%=", "^=", "=", "s>>=", null, null, null];

    private static readonly string?[] Comparison =
        [null, "==", ">", ">=", "&", "!=", "s>", "s>=", null, null, "<", "<=", "s<", "s<=", null, null];

    private static readonly string[] Unsigned = ["u32", "u16", "u8", "u64"];
    private static readonly string[] Signed = ["s32", "s16", "s8", "s64"];

    /// <param name="instruction">What to write.</param>
    /// <param name="index">Its slot.</param>
    /// <param name="symbol">The map or variable whose address it loads; null if none.</param>
    public static string Of(BpfInstruction instruction, int index, string? symbol) => (instruction.Class switch
    {
        BpfInstruction.ClassLoadImmediate => LoadImmediate(instruction, symbol),
        BpfInstruction.ClassLoad => Load(instruction),
        BpfInstruction.ClassStore => Store(instruction, Number(instruction.Immediate)),
        BpfInstruction.ClassStoreRegister => StoreRegister(instruction),
        BpfInstruction.ClassAlu32 or BpfInstruction.ClassAlu64 => Alu(instruction),
        _ => Jump(instruction, index),
    }) ?? Text($"(unknown instruction {instruction.Opcode:x2})");

    private static string? LoadImmediate(BpfInstruction i, string? symbol)
    {
        const int Absolute = 0x20, Indirect = 0x40;
        if (i.IsLoadImmediate64)
        {
            return symbol is null ? Text($"r{i.Destination} = 0x{i.Immediate:x} ll")
                : i.Immediate == 0 ? Text($"r{i.Destination} = &{symbol}")
                : Text($"r{i.Destination} = &{symbol} + {i.Immediate}");
        }

        // Old packet access; the upper half of the opcode's mode says how.
        var size = Unsigned[(i.Opcode >> 3) & 3];
        return (i.Opcode & 0xe0) switch
        {
            Absolute => Text($"r0 = *({size} *)skb[{i.Immediate}]"),
            Indirect => Text($"r0 = *({size} *)skb[r{i.Source} + {i.Immediate}]"),
            _ => null,
        };
    }

    private static string? Load(BpfInstruction i)
    {
        const int Memory = 0x60, MemorySigned = 0x80;
        return (i.Opcode & 0xe0) switch
        {
            Memory => Text($"r{i.Destination} = {At(Unsigned, i, i.Source)}"),
            MemorySigned => Text($"r{i.Destination} = {At(Signed, i, i.Source)}"),
            _ => null,
        };
    }

    private static string? Store(BpfInstruction i, string value) =>
        (i.Opcode & 0xe0) == 0x60 ? Text($"{At(Unsigned, i, i.Destination)} = {value}") : null;

    private static string? StoreRegister(BpfInstruction i)
    {
        const int Atomic = 0xc0, Fetch = 1, Add = 0x00, Or = 0x40, And = 0x50, Xor = 0xa0, Exchange = 0xe1, CompareExchange = 0xf1;
        if ((i.Opcode & 0xe0) != Atomic)
        {
            return Store(i, Text($"r{i.Source}"));
        }

        var type = Unsigned[(i.Opcode >> 3) & 3];
        var width = type == "u64" ? "64" : "";
        var place = Text($"({type} *)(r{i.Destination}{Displacement(i.Offset)})");
        var operation = (int)i.Immediate;
        var (sign, name) = (operation & ~Fetch) switch
        {
            Add => ("+=", "add"),
            Or => ("|=", "or"),
            And => ("&=", "and"),
            Xor => ("^=", "xor"),
            _ => (null, null),
        };
        return operation switch
        {
            Exchange => Text($"r{i.Source} = atomic{width}_xchg({place}, r{i.Source})"),
            CompareExchange => Text($"r0 = atomic{width}_cmpxchg({place}, r0, r{i.Source})"),
            _ when sign is null => null,
            _ when (operation & Fetch) != 0 => Text($"r{i.Source} = atomic{width}_fetch_{name}({place}, r{i.Source})"),
            _ => Text($"lock *{place} {sign} r{i.Source}"),
        };
    }

    private static string? Alu(BpfInstruction i)
    {
        const int Negate = 0x80, Move = 0xb0, Endian = 0xd0;
        var is64 = i.Class == BpfInstruction.ClassAlu64;
        var register = is64 ? 'r' : 'w';
        if (i.Operation == Endian)
        {
            var order = is64 ? "bswap" : i.UsesSource ? "be" : "le";
            return Text($"r{i.Destination} = {order}{i.Immediate} r{i.Destination}");
        }

        if (i.Operation == Negate)
        {
            return Text($"{register}{i.Destination} = -{register}{i.Destination}");
        }

        var operand = i.UsesSource ? Text($"{register}{i.Source}") : Number(i.Immediate);
        if (i.Operation == Move && i.UsesSource && i.Offset is 8 or 16 or 32)
        {
            operand = Text($"(s{i.Offset}){operand}");
        }

        // A division with an offset is the signed one.
        var sign = i.Operation is 0x30 or 0x90 && i.Offset == 1 ? "s" : "";
        return Arithmetic[i.Operation >> 4] is { } operation ? Text($"{register}{i.Destination} {sign}{operation} {operand}") : null;
    }

    private static string? Jump(BpfInstruction i, int index)
    {
        const int Always = 0x00, SubProgram = 1, KernelFunction = 2;
        if (i.IsExit)
        {
            return "exit";
        }

        if (i.IsCall)
        {
            return i.Source switch
            {
                SubProgram => Text($"call pc{i.Immediate:+0;-0;+0}"),
                KernelFunction => Text($"call kernel-function#{i.Immediate}"),
                _ => Text($"call {HelperNames.Of((int)i.Immediate) ?? "unknown"}#{i.Immediate}"),
            };
        }

        if (i.Operation == Always)
        {
            return Text($"goto L{i.TargetOf(index)}");
        }

        if (Comparison[i.Operation >> 4] is not { } comparison)
        {
            return null;
        }

        var register = i.Class == BpfInstruction.ClassJump ? 'r' : 'w';
        var operand = i.UsesSource ? Text($"{register}{i.Source}") : Number(i.Immediate);
        return Text($"if {register}{i.Destination} {comparison} {operand} goto L{i.TargetOf(index)}");
    }

    private static string At(string[] types, BpfInstruction i, int register) =>
        Text($"*({types[(i.Opcode >> 3) & 3]} *)(r{register}{Displacement(i.Offset)})");

    private static string Displacement(short offset) => offset < 0 ? Text($" - {-offset}") : Text($" + {offset}");

    // Small numbers are counts, lengths and ports; large ones are masks, verdict words and addresses.
    private static string Number(long value) => value is >= -65536 and <= 65535 ? Text($"{value}") : Text($"0x{(uint)value:x}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
