using System.Buffers.Binary;

namespace PolicyCompiler.Core.Bpf;

/// <summary>One instruction, decoded (Documentation/bpf/standardization/instruction-set.rst).</summary>
/// <param name="Opcode">Class in bits 0-2, the rest as the class says.</param>
/// <param name="Destination">Register number.</param>
/// <param name="Source">Register number, or what kind of immediate or call it is.</param>
/// <param name="Offset">Of a memory access in bytes, of a branch in slots.</param>
/// <param name="Immediate">The 64 bits of a 16-byte load, otherwise sign-extended 32 bits.</param>
/// <param name="Slots">8-byte slots it takes: 1 or 2.</param>
internal readonly record struct BpfInstruction(byte Opcode, int Destination, int Source, short Offset, long Immediate, int Slots)
{
    public const int Size = 8;

    public const int ClassLoadImmediate = 0;
    public const int ClassLoad = 1;
    public const int ClassStore = 2;
    public const int ClassStoreRegister = 3;
    public const int ClassAlu32 = 4;
    public const int ClassJump = 5;
    public const int ClassJump32 = 6;
    public const int ClassAlu64 = 7;

    private const byte LoadImmediate64 = 0x18;
    private const int Call = 0x80;
    private const int Exit = 0x90;

    public int Class => Opcode & 7;

    /// <summary>Operation of arithmetic and jump classes.</summary>
    public int Operation => Opcode & 0xf0;

    /// <summary>The second operand is a register.</summary>
    public bool UsesSource => (Opcode & 8) != 0;

    public bool IsLoadImmediate64 => Opcode == LoadImmediate64;

    public bool IsJump => Class is ClassJump or ClassJump32;

    public bool IsCall => Opcode is 0x85;

    public bool IsExit => Opcode is 0x95;

    public bool IsBranch => IsJump && Operation is not (Call or Exit);

    /// <summary>Slot that a branch leads to. An unconditional 32-bit jump has its distance in the immediate.</summary>
    public int TargetOf(int index) => index + 1 + (Opcode == 0x06 ? (int)Immediate : Offset);

    /// <param name="code">A program.</param>
    /// <param name="index">Slot; there must be one.</param>
    public static BpfInstruction Decode(ReadOnlySpan<byte> code, int index)
    {
        var slot = code[(index * Size)..];
        long immediate = BinaryPrimitives.ReadInt32LittleEndian(slot[4..]);
        var slots = 1;
        if (slot[0] == LoadImmediate64 && slot.Length >= 2 * Size)
        {
            slots = 2;
            immediate = (long)(uint)immediate | ((long)BinaryPrimitives.ReadInt32LittleEndian(slot[12..]) << 32);
        }

        return new BpfInstruction(
            slot[0], slot[1] & 15, slot[1] >> 4, BinaryPrimitives.ReadInt16LittleEndian(slot[2..]), immediate, slots);
    }
}
