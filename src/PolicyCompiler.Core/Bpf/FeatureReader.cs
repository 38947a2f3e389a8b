using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Object file -> what it needs of the kernel that loads it. Reads every function, called or not, as libbpf loads them.</summary>
public static class FeatureReader
{
    private const uint MapFlagMappable = 1 << 10;

    /// <summary>In order of name. Empty for what is no BPF object.</summary>
    public static ImmutableArray<KernelFeature> Read(BpfObject source)
    {
        if (ElfReader.Read(source.Elf, out _) is not { } file)
        {
            return [];
        }

        var found = new SortedDictionary<string, KernelFeature>(StringComparer.Ordinal);
        void Add(KernelFeature feature) => found[feature.Name] = feature;
        foreach (var map in source.Maps)
        {
            Add(KernelFeatures.MapType(map.Type));
            if ((map.Flags & MapFlagMappable) != 0)
            {
                Add(KernelFeatures.MappableMaps);
            }
        }

        if (file.Sections.Any(s => s.Name is ".bss" || s.Name.StartsWith(".data", StringComparison.Ordinal) || s.Name.StartsWith(".rodata", StringComparison.Ordinal)))
        {
            Add(KernelFeatures.GlobalVariables);
        }

        foreach (var section in file.Sections.Where(s => s.IsCode))
        {
            var symbols = file.Relocations.Where(r => r.Section == section.Index).ToLookup(r => r.Offset, r => file.Symbols[r.Symbol]);
            ReadCode(section, symbols, Add);
        }

        ReadFunctions(file, Add);
        return [.. found.Values];
    }

    // Programs are global functions as well, but in sections of their own; the rest is in .text.
    private static void ReadFunctions(ElfFile file, Action<KernelFeature> add)
    {
        if (file.Section(".text") is not { } text || file.Section(".BTF") is not { } section || BtfReader.Read(section.Content, out _) is not { } types)
        {
            return;
        }

        foreach (var symbol in file.Symbols.Where(s => s.Section == text.Index && s.Type == ElfSymbol.Function && s.Binding == ElfSymbol.Global && s.Visibility == ElfSymbol.DefaultVisibility))
        {
            add(KernelFeatures.GlobalFunctions);
            if (types.Find(BtfKind.Function, symbol.Name) is { } function && types[function.Reference].Members.Any(p => IsMemory(types, p.Type)))
            {
                add(KernelFeatures.MemoryArguments);
            }
        }
    }

    private static bool IsMemory(BtfTypes types, uint parameter)
    {
        const string Packet = "__sk_buff";
        return types.Resolve(parameter) is { Kind: BtfKind.Pointer } pointer && types.Resolve(pointer.Reference).Name != Packet;
    }

    private static void ReadCode(ElfSection section, ILookup<ulong, ElfSymbol> symbols, Action<KernelFeature> add)
    {
        var code = section.Content.AsSpan();
        for (var index = 0; (index + 1) * BpfInstruction.Size <= code.Length;)
        {
            var instruction = BpfInstruction.Decode(code, index);
            var symbol = symbols[(ulong)index * BpfInstruction.Size].FirstOrDefault();
            foreach (var feature in Of(instruction, index, symbol))
            {
                add(feature);
            }

            index += instruction.Slots;
        }
    }

    private static IEnumerable<KernelFeature> Of(BpfInstruction instruction, int index, ElfSymbol? symbol)
    {
        const int KernelFunction = 2, UndefinedSection = 0;
        if (instruction.IsCall)
        {
            // An extern has no section; libbpf turns the call into one of a kernel function.
            yield return symbol is { Section: UndefinedSection } || instruction.Source == KernelFunction
                ? KernelFeatures.KernelFunction(symbol?.Name ?? FormattableString.Invariant($"number {instruction.Immediate}"))
                : symbol is not null || instruction.Source != 0 ? KernelFeatures.Subprograms
                : KernelFeatures.Helper((int)instruction.Immediate);
        }

        if (instruction.IsLoadImmediate64 && symbol is { Type: ElfSymbol.Function })
        {
            yield return KernelFeatures.FunctionPointers;
        }

        if (instruction.Class == BpfInstruction.ClassJump32 && instruction.IsBranch)
        {
            yield return KernelFeatures.Jump32;
        }

        if (instruction.IsBranch && instruction.TargetOf(index) <= index)
        {
            yield return KernelFeatures.Loops;
        }

        if (IsAtomic(instruction))
        {
            yield return KernelFeatures.Atomics;
        }

        if (IsVersion4(instruction))
        {
            yield return KernelFeatures.Instructions4;
        }
    }

    private static bool IsAtomic(BpfInstruction i) =>
        i.Class == BpfInstruction.ClassStoreRegister && (i.Opcode & 0xe0) == 0xc0 && i.Immediate != 0;

    // Sign-extending loads and moves, signed division, byte swaps, and the jump with a 32-bit distance.
    private static bool IsVersion4(BpfInstruction i) => i.Class switch
    {
        BpfInstruction.ClassLoad => (i.Opcode & 0xe0) == 0x80,
        BpfInstruction.ClassAlu64 => i.Operation == 0xd0 || i.Offset != 0,
        BpfInstruction.ClassAlu32 => i.Offset != 0,
        BpfInstruction.ClassJump32 => i.Opcode == 0x06,
        _ => false,
    };
}
