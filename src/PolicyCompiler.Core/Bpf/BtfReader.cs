using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Reads .BTF and the line records of .BTF.ext (Documentation/bpf/btf.rst). The bytes may be hostile.</summary>
public static class BtfReader
{
    private const int Magic = 0xeb9f;
    private const int MinimumHeader = 24;

    /// <param name="content">A .BTF section.</param>
    /// <param name="fault">What is wrong with it; null on success.</param>
    /// <returns>Null when it is malformed.</returns>
    public static BtfTypes? Read(ImmutableArray<byte> content, out string? fault)
    {
        var btf = new BoundedBytes(content);
        ulong header = btf.U32(4);
        if (btf.U16(0) != Magic || btf.U8(2) != 1 || header < MinimumHeader)
        {
            btf.Fail("its .BTF has an unknown header");
        }

        var types = btf.Slice(header + btf.U32(8), btf.U32(12));
        var strings = new BoundedBytes(btf.Slice(header + btf.U32(16), btf.U32(20)));
        if (btf.Fault is null)
        {
            var read = ReadTypes(new BoundedBytes(types), strings, out fault);
            return fault is null ? new BtfTypes(read, strings) : null;
        }

        fault = btf.Fault;
        return null;
    }

    /// <summary>Line records by section name, in the order of the file. The instruction index counts from the section's start.</summary>
    /// <param name="content">A .BTF.ext section.</param>
    /// <param name="types">The .BTF that has its strings.</param>
    /// <param name="fault">What is wrong with it; null on success.</param>
    public static ImmutableArray<(string Section, BpfLine Line)> ReadLines(ImmutableArray<byte> content, BtfTypes types, out string? fault)
    {
        const int RecordSize = 16;
        var lines = ImmutableArray.CreateBuilder<(string, BpfLine)>();
        var extension = new BoundedBytes(content);
        ulong header = extension.U32(4);
        if (extension.U16(0) != Magic || extension.U8(2) != 1 || header < MinimumHeader)
        {
            extension.Fail("its .BTF.ext has an unknown header");
        }

        var records = new BoundedBytes(extension.Slice(header + extension.U32(16), extension.U32(20)));
        var size = records.Length == 0 ? RecordSize : records.U32(0);
        if (size < RecordSize)
        {
            records.Fail("its line records are too short");
        }

        ulong at = 4;
        while (at < (ulong)records.Length && records.Fault is null && extension.Fault is null)
        {
            var section = types.Text(records.U32(at));
            ulong count = records.U32(at + 4);
            at += 8;
            if (!records.Has(at, count * size))
            {
                records.Fail("its line records do not fit");
                break;
            }

            for (; count > 0; count--, at += size)
            {
                var place = records.U32(at + 12);
                var line = new BpfLine(
                    (int)(records.U32(at) / 8), types.Text(records.U32(at + 4)), (int)(place >> 10), (int)(place & 1023),
                    types.Text(records.U32(at + 8)));
                lines.Add((section, line));
            }
        }

        fault = extension.Fault ?? records.Fault;
        return fault is null ? lines.ToImmutable() : [];
    }

    private static ImmutableArray<BtfType> ReadTypes(BoundedBytes bytes, BoundedBytes strings, out string? fault)
    {
        var types = ImmutableArray.CreateBuilder<BtfType>();
        types.Add(new BtfType(BtfKind.Void, "", 0, 0, 0, []));
        ulong at = 0;
        while (at < (ulong)bytes.Length && bytes.Fault is null && strings.Fault is null)
        {
            var info = bytes.U32(at + 4);
            var kind = (BtfKind)((info >> 24) & 31);
            ulong entries = info & 0xffff;
            var name = strings.Text(bytes.U32(at));
            var sizeOrType = bytes.U32(at + 8);
            var body = at + 12;
            if (LengthOf(kind) is not { } length)
            {
                bytes.Fail($"its .BTF has a type of unknown kind {(int)kind}");
                break;
            }

            var end = body + length + (EntrySizeOf(kind) * entries);
            if (!bytes.Has(at, end - at))
            {
                bytes.Fail("its .BTF types do not fit");
                break;
            }

            types.Add(kind switch
            {
                BtfKind.Array => new BtfType(kind, name, 0, bytes.U32(body), bytes.U32(body + 8), []),
                BtfKind.Struct or BtfKind.Union => new BtfType(
                    kind, name, sizeOrType, 0, 0, ReadMembers(bytes, strings, body, (int)entries, hasBitFields: info >> 31 != 0)),
                BtfKind.DataSection => new BtfType(kind, name, sizeOrType, 0, 0, ReadVariables(bytes, body, (int)entries)),
                BtfKind.Int or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Float => new BtfType(kind, name, sizeOrType, 0, 0, []),
                BtfKind.FunctionPrototype => new BtfType(kind, name, 0, sizeOrType, 0, ReadParameters(bytes, strings, body, (int)entries)),
                BtfKind.Function => new BtfType(kind, name, 0, sizeOrType, (uint)entries, []),
                _ => new BtfType(kind, name, 0, sizeOrType, 0, []),
            });
            at = end;
        }

        fault = bytes.Fault ?? strings.Fault;
        return types.ToImmutable();
    }

    private static ImmutableArray<BtfMember> ReadMembers(BoundedBytes bytes, BoundedBytes strings, ulong at, int count, bool hasBitFields)
    {
        var members = ImmutableArray.CreateBuilder<BtfMember>(count);
        for (; members.Count < count; at += 12)
        {
            // With bit fields, the top byte is the field's width.
            var offset = bytes.U32(at + 8) & (hasBitFields ? 0xffffffu : uint.MaxValue);
            members.Add(new BtfMember(strings.Text(bytes.U32(at)), bytes.U32(at + 4), offset));
        }

        return members.MoveToImmutable();
    }

    private static ImmutableArray<BtfMember> ReadParameters(BoundedBytes bytes, BoundedBytes strings, ulong at, int count)
    {
        var members = ImmutableArray.CreateBuilder<BtfMember>(count);
        for (; members.Count < count; at += 8)
        {
            members.Add(new BtfMember(strings.Text(bytes.U32(at)), bytes.U32(at + 4), 0));
        }

        return members.MoveToImmutable();
    }

    private static ImmutableArray<BtfMember> ReadVariables(BoundedBytes bytes, ulong at, int count)
    {
        var members = ImmutableArray.CreateBuilder<BtfMember>(count);
        for (; members.Count < count; at += 12)
        {
            members.Add(new BtfMember("", bytes.U32(at), unchecked(bytes.U32(at + 4) * 8)));
        }

        return members.MoveToImmutable();
    }

    /// <summary>Bytes after the common part that every type of the kind has; null for an unknown kind.</summary>
    private static uint? LengthOf(BtfKind kind) => kind switch
    {
        BtfKind.Void or > BtfKind.Enum64 => null,
        BtfKind.Int or BtfKind.Variable or BtfKind.DeclarationTag => 4,
        BtfKind.Array => 12,
        _ => 0,
    };

    /// <summary>Bytes of each entry that follows.</summary>
    private static uint EntrySizeOf(BtfKind kind) => kind switch
    {
        BtfKind.Struct or BtfKind.Union or BtfKind.DataSection or BtfKind.Enum64 => 12,
        BtfKind.Enum or BtfKind.FunctionPrototype => 8,
        _ => 0,
    };
}
