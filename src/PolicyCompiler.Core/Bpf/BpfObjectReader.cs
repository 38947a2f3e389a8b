using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Object file -> programs and maps. The bytes may be hostile: a malformed file is a finding.</summary>
public static class BpfObjectReader
{
    /// <summary>The object, without a plan.</summary>
    public static Stage<BpfObject> Read(string name, ImmutableArray<byte> elf)
    {
        if (ElfReader.Read(elf, out var fault) is not { } file)
        {
            return Malformed(name, fault);
        }

        if (file.Section(".BTF") is not { } btfSection)
        {
            return Malformed(name, "it has no .BTF section");
        }

        if (BtfReader.Read(btfSection.Content, out fault) is not { } types)
        {
            return Malformed(name, fault);
        }

        ImmutableArray<(string Section, BpfLine Line)> lines = [];
        if (file.Section(".BTF.ext") is { } extension)
        {
            lines = BtfReader.ReadLines(extension.Content, types, out fault);
        }

        var programs = fault is null ? ReadPrograms(file, lines, out fault) : [];
        return fault is null
            ? Stage.Of(new BpfObject(name, null, elf, programs, ReadMaps(types)))
            : Malformed(name, fault);
    }

    private static Stage<BpfObject> Malformed(string name, string? fault) =>
        Stage.Of<BpfObject>(null, [ObjectDiagnostics.Malformed.At(SourceSpan.None, name, fault)]);

    // As libbpf sees it: a program is a global function in a code section other than .text, which has the subprograms.
    private static ImmutableArray<BpfProgram> ReadPrograms(
        ElfFile file, ImmutableArray<(string Section, BpfLine Line)> lines, out string? fault)
    {
        fault = null;
        var programs = ImmutableArray.CreateBuilder<BpfProgram>();
        foreach (var symbol in file.Symbols)
        {
            if (symbol.Type != ElfSymbol.Function || symbol.Binding != ElfSymbol.Global || symbol.Section >= file.Sections.Length)
            {
                continue;
            }

            var section = file.Sections[symbol.Section];
            if (!section.IsCode || string.Equals(section.Name, ".text", StringComparison.Ordinal))
            {
                continue;
            }

            var length = (ulong)section.Content.Length;
            if (symbol.Value > length || symbol.Size > length - symbol.Value || symbol.Value % 8 != 0 || symbol.Size % 8 != 0)
            {
                fault = $"its program {symbol.Name} does not fit its section";
                return [];
            }

            programs.Add(ReadProgram(file, section, symbol, lines));
        }

        programs.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return programs.ToImmutable();
    }

    private static BpfProgram ReadProgram(
        ElfFile file, ElfSection section, ElfSymbol symbol, ImmutableArray<(string Section, BpfLine Line)> lines)
    {
        int first = (int)symbol.Value / 8, count = (int)symbol.Size / 8;
        var references = file.Relocations
            .Where(r => r.Section == section.Index && r.Type == ElfRelocation.Address64 && r.Offset >= symbol.Value
                && r.Offset < symbol.Value + symbol.Size)
            .Select(r => (InstructionIndex: (int)(r.Offset / 8) - first, file.Symbols[r.Symbol].Name))
            .OrderBy(r => r.InstructionIndex);
        var own = lines
            .Where(l => string.Equals(l.Section, section.Name, StringComparison.Ordinal)
                && l.Line.InstructionIndex >= first && l.Line.InstructionIndex < first + count)
            .Select(l => l.Line with { InstructionIndex = l.Line.InstructionIndex - first })
            .OrderBy(l => l.InstructionIndex);
        return new BpfProgram(
            symbol.Name, section.Name, section.Content.Slice((int)symbol.Value, (int)symbol.Size), [.. own], [.. references]);
    }

    private static ImmutableArray<BpfMapSpec> ReadMaps(BtfTypes types)
    {
        if (types.Find(BtfKind.DataSection, ".maps") is not { } section)
        {
            return [];
        }

        var maps = section.Members
            .Select(m => types[m.Type])
            .Select(variable => ReadMap(types, variable.Name, types.Resolve(variable.Reference)))
            .ToImmutableArray();
        return maps.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
    }

    // libbpf's __uint(name, value) is a pointer to an array of value elements, __type(name, type) a pointer to the type.
    private static BpfMapSpec ReadMap(BtfTypes types, string name, BtfType definition)
    {
        uint type = 0, keySize = 0, valueSize = 0, maxEntries = 0, flags = 0;
        foreach (var member in definition.Members)
        {
            var pointee = types.Resolve(member.Type).Reference;
            var number = types.Resolve(pointee).Count;
            switch (member.Name)
            {
                case "type": type = number; break;
                case "max_entries": maxEntries = number; break;
                case "map_flags": flags = number; break;
                case "key_size": keySize = number; break;
                case "value_size": valueSize = number; break;
                case "key": keySize = types.SizeOf(pointee); break;
                case "value": valueSize = types.SizeOf(pointee); break;
                default: break;
            }
        }

        return new BpfMapSpec(name, type, keySize, valueSize, maxEntries, flags);
    }
}
