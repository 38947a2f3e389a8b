using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// Little-endian reads from untrusted bytes. A read beyond the end gives 0 and is remembered as the fault, so that a reader
/// checks once at its end; loops stay bounded because every count is checked against the bytes there are.
/// </summary>
internal sealed class BoundedBytes(ImmutableArray<byte> bytes)
{
    /// <summary>The first thing that was wrong; null while nothing was.</summary>
    public string? Fault { get; private set; }

    public int Length => bytes.Length;

    public bool Fail(string fault)
    {
        Fault ??= fault;
        return false;
    }

    public bool Has(ulong offset, ulong length) => offset <= (ulong)bytes.Length && length <= (ulong)bytes.Length - offset;

    public byte U8(ulong offset) => Span(offset, 1) is { IsEmpty: false } span ? span[0] : (byte)0;

    public ushort U16(ulong offset) => Span(offset, 2) is { IsEmpty: false } span ? BinaryPrimitives.ReadUInt16LittleEndian(span) : (ushort)0;

    public uint U32(ulong offset) => Span(offset, 4) is { IsEmpty: false } span ? BinaryPrimitives.ReadUInt32LittleEndian(span) : 0;

    public ulong U64(ulong offset) => Span(offset, 8) is { IsEmpty: false } span ? BinaryPrimitives.ReadUInt64LittleEndian(span) : 0;

    /// <summary>Part of the bytes; empty, with the fault set, when they do not reach that far.</summary>
    public ImmutableArray<byte> Slice(ulong offset, ulong length)
    {
        if (Has(offset, length))
        {
            return bytes.Slice((int)offset, (int)length);
        }

        Fail($"bytes {offset} to {offset + length} lie beyond its end");
        return [];
    }

    /// <summary>A string that ends with a zero byte; empty, with the fault set, when none does.</summary>
    public string Text(ulong offset)
    {
        if (offset < (ulong)bytes.Length)
        {
            var rest = bytes.AsSpan()[(int)offset..];
            var end = rest.IndexOf((byte)0);
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(rest[..end]);
            }
        }

        Fail($"no string at byte {offset}");
        return "";
    }

    private ReadOnlySpan<byte> Span(ulong offset, int length)
    {
        if (Has(offset, (ulong)length))
        {
            return bytes.AsSpan((int)offset, length);
        }

        Fail($"bytes {offset} to {offset + (ulong)length} lie beyond its end");
        return [];
    }
}
