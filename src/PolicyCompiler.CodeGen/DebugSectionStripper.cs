using System.Buffers.Binary;
using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.CodeGen;

/// <summary>
/// Leaves out of an object what neither the kernel nor libbpf reads, which is most of the file: DWARF, and the relocations
/// of .BTF and .BTF.ext, whose values are in place. The other sections and symbols keep their order and bytes; numbers that
/// refer to them are rewritten.
/// </summary>
internal static class DebugSectionStripper
{
    private const int HeaderSize = 64;
    private const int SymbolSize = 24;
    private const int RelocationSize = 16;

    /// <param name="elf">What LLVM emitted.</param>
    public static byte[] Strip(ImmutableArray<byte> elf)
    {
        if (ElfReader.Read(elf, out var fault) is not { } file)
        {
            throw new InvalidOperationException($"LLVM emitted an object that cannot be read: {fault}");
        }

        var kept = file.Sections.Where(s => !IsDropped(s, file)).ToList();
        var sectionNumbers = new int[file.Sections.Length];
        foreach (var (number, section) in kept.Index())
        {
            sectionNumbers[section.Index] = number;
        }

        var symbolNumbers = new int[file.Symbols.Length];
        var symbols = 0;
        for (var i = 0; i < symbolNumbers.Length; i++)
        {
            symbolNumbers[i] = IsDropped(file.Symbols[i], file) ? -1 : symbols++;
        }

        var locals = Enumerable.Range(0, symbolNumbers.Length).Count(i => symbolNumbers[i] >= 0 && file.Symbols[i].Binding == 0);
        var contents = kept.Select(s => s.Type switch
        {
            ElfSection.SymbolTable => RewriteSymbols(s, symbolNumbers, sectionNumbers),
            ElfSection.RelocationTable => RewriteRelocations(s, symbolNumbers),
            _ => s.Content,
        }).ToList();
        return Write(elf, kept, contents, sectionNumbers, (uint)locals);
    }

    private static bool IsDropped(ElfSection section, ElfFile file) =>
        section.Name.StartsWith(".debug_", StringComparison.Ordinal)
        || section.Name is ".llvm_addrsig" or ".rel.BTF" or ".rel.BTF.ext"
        || (section.Type == ElfSection.RelocationTable
            && file.Sections[(int)section.Info].Name.StartsWith(".debug_", StringComparison.Ordinal));

    private static bool IsDropped(ElfSymbol symbol, ElfFile file) =>
        symbol.Section < file.Sections.Length && IsDropped(file.Sections[symbol.Section], file);

    private static ImmutableArray<byte> RewriteSymbols(ElfSection table, int[] symbolNumbers, int[] sectionNumbers)
    {
        var result = new List<byte>();
        for (var i = 0; i < symbolNumbers.Length; i++)
        {
            if (symbolNumbers[i] < 0)
            {
                continue;
            }

            var entry = table.Content.AsSpan(i * SymbolSize, SymbolSize).ToArray();
            var section = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(6));
            if (section < sectionNumbers.Length)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(6), (ushort)sectionNumbers[section]);
            }

            result.AddRange(entry);
        }

        return [.. result];
    }

    private static ImmutableArray<byte> RewriteRelocations(ElfSection table, int[] symbolNumbers)
    {
        var result = table.Content.ToArray();
        for (var at = 0; at < result.Length; at += RelocationSize)
        {
            var symbol = result.AsSpan(at + 12);
            BinaryPrimitives.WriteInt32LittleEndian(symbol, symbolNumbers[BinaryPrimitives.ReadInt32LittleEndian(symbol)]);
        }

        return [.. result];
    }

    private static byte[] Write(
        ImmutableArray<byte> original, List<ElfSection> sections, List<ImmutableArray<byte>> contents, int[] sectionNumbers, uint locals)
    {
        var file = new List<byte>(original.AsSpan(0, HeaderSize).ToArray());
        var headers = new byte[sections.Count * HeaderSize];
        foreach (var (number, section) in sections.Index())
        {
            Align(file, (int)Math.Max(1, section.Alignment));
            var header = headers.AsSpan(number * HeaderSize, HeaderSize);
            HeaderOf(original, section.Index).CopyTo(header);
            if (section.Type != 0)
            {
                BinaryPrimitives.WriteInt64LittleEndian(header[24..], file.Count);
            }

            if (section.Type != ElfSection.NoBits)
            {
                BinaryPrimitives.WriteInt64LittleEndian(header[32..], contents[number].Length);
            }

            BinaryPrimitives.WriteInt32LittleEndian(header[40..], sectionNumbers[section.Link]);

            // sh_info: of a symbol table, the number of local symbols; of a relocation table, the section it changes.
            var info = section.Type switch
            {
                ElfSection.SymbolTable => locals,
                ElfSection.RelocationTable => (uint)sectionNumbers[section.Info],
                _ => section.Info,
            };
            BinaryPrimitives.WriteUInt32LittleEndian(header[44..], info);
            file.AddRange(contents[number]);
        }

        Align(file, 8);
        var table = file.Count;
        file.AddRange(headers);
        var result = file.ToArray();
        var oldNames = BinaryPrimitives.ReadUInt16LittleEndian(result.AsSpan(62));
        BinaryPrimitives.WriteInt64LittleEndian(result.AsSpan(40), table);
        BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(60), (ushort)sections.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(62), (ushort)sectionNumbers[oldNames]);
        return result;
    }

    private static ReadOnlySpan<byte> HeaderOf(ImmutableArray<byte> elf, int index)
    {
        var table = checked((int)BinaryPrimitives.ReadInt64LittleEndian(elf.AsSpan(40, 8)));
        return elf.AsSpan(table + (index * HeaderSize), HeaderSize);
    }

    private static void Align(List<byte> file, int alignment)
    {
        while (file.Count % alignment != 0)
        {
            file.Add(0);
        }
    }
}
