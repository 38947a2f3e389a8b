using System.Collections.Immutable;
using System.Globalization;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Reads the ELF files of BPF objects (elf(5); machine EM_BPF). The bytes may be hostile.</summary>
public static class ElfReader
{
    private const uint Magic = 0x464c457f;
    private const int MachineBpf = 247;
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const int RelocationSize = 16;

    /// <param name="bytes">The file.</param>
    /// <param name="fault">What is wrong with it; null on success.</param>
    /// <returns>Null when it is malformed.</returns>
    public static ElfFile? Read(ImmutableArray<byte> bytes, out string? fault)
    {
        var reader = new BoundedBytes(bytes);
        var sections = ReadSections(reader);
        var symbols = sections.IsEmpty ? [] : ReadSymbols(reader, sections);
        var relocations = sections.IsEmpty ? [] : ReadRelocations(reader, sections, symbols.Length);
        fault = reader.Fault;
        return fault is null ? new ElfFile(sections, symbols, relocations) : null;
    }

    private static ImmutableArray<ElfSection> ReadSections(BoundedBytes file)
    {
        const int Class64LittleEndian = 0x0102;
        if (file.Length < HeaderSize || file.U32(0) != Magic || file.U16(4) != Class64LittleEndian || file.U16(18) != MachineBpf)
        {
            file.Fail("it is not a little-endian 64-bit ELF file for BPF");
            return [];
        }

        var table = file.U64(40);
        int count = file.U16(60), nameSection = file.U16(62);
        if (file.U16(58) != SectionHeaderSize || nameSection >= count || !file.Has(table, (ulong)count * SectionHeaderSize))
        {
            file.Fail("its section table does not fit");
            return [];
        }

        ulong Header(int index) => table + ((ulong)index * SectionHeaderSize);
        var names = new BoundedBytes(file.Slice(file.U64(Header(nameSection) + 24), file.U64(Header(nameSection) + 32)));
        var sections = ImmutableArray.CreateBuilder<ElfSection>(count);
        for (var index = 0; index < count && file.Fault is null; index++)
        {
            var header = Header(index);
            var type = file.U32(header + 4);
            var name = type == 0 ? "" : names.Text(file.U32(header));
            var content = type is 0 or ElfSection.NoBits ? [] : file.Slice(file.U64(header + 24), file.U64(header + 32));
            sections.Add(new ElfSection(
                index, name, type, file.U64(header + 8), file.U32(header + 40), file.U32(header + 44), file.U64(header + 48),
                file.U64(header + 56), content));
        }

        return names.Fault is { } fault && !file.Fail($"its section names: {fault}") ? [] : sections.ToImmutable();
    }

    private static ImmutableArray<ElfSymbol> ReadSymbols(BoundedBytes file, ImmutableArray<ElfSection> sections)
    {
        if (sections.FirstOrDefault(s => s.Type == ElfSection.SymbolTable) is not { } table)
        {
            file.Fail("it has no symbol table");
            return [];
        }

        if (table.Link >= sections.Length || table.Content.Length % SymbolSize != 0)
        {
            file.Fail("its symbol table does not fit");
            return [];
        }

        var names = new BoundedBytes(sections[(int)table.Link].Content);
        var entries = new BoundedBytes(table.Content);
        var symbols = ImmutableArray.CreateBuilder<ElfSymbol>(table.Content.Length / SymbolSize);
        for (ulong entry = 0; entry < (ulong)table.Content.Length; entry += SymbolSize)
        {
            var info = entries.U8(entry + 4);
            int section = entries.U16(entry + 6), type = info & 15;
            var name = type == ElfSymbol.SectionType && section < sections.Length ? sections[section].Name : names.Text(entries.U32(entry));
            symbols.Add(new ElfSymbol(name, section, entries.U64(entry + 8), entries.U64(entry + 16), type, info >> 4, entries.U8(entry + 5) & 3));
        }

        return names.Fault is { } fault && !file.Fail($"its symbol names: {fault}") ? [] : symbols.ToImmutable();
    }

    private static ImmutableArray<ElfRelocation> ReadRelocations(BoundedBytes file, ImmutableArray<ElfSection> sections, int symbols)
    {
        var relocations = ImmutableArray.CreateBuilder<ElfRelocation>();
        foreach (var table in sections.Where(s => s.Type == ElfSection.RelocationTable))
        {
            if (table.Info >= sections.Length || table.Content.Length % RelocationSize != 0)
            {
                file.Fail(string.Create(CultureInfo.InvariantCulture, $"its relocation table {table.Index} does not fit"));
                break;
            }

            var entries = new BoundedBytes(table.Content);
            for (ulong entry = 0; entry < (ulong)table.Content.Length; entry += RelocationSize)
            {
                var symbol = entries.U32(entry + 12);
                if (symbol >= symbols)
                {
                    file.Fail($"a relocation names symbol {symbol}, of which there are {symbols}");
                    return [];
                }

                relocations.Add(new ElfRelocation((int)table.Info, entries.U64(entry), entries.U32(entry + 8), (int)symbol));
            }
        }

        return relocations.ToImmutable();
    }
}
