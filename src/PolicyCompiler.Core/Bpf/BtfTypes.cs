using System.Collections.Immutable;

namespace PolicyCompiler.Core.Bpf;

/// <summary>The types of a .BTF section, by id; type 0 is void.</summary>
public sealed class BtfTypes
{
    // Deeper chains of typedefs and qualifiers do not occur in C; a cycle in hostile bytes ends here.
    private const int MaximumDepth = 32;

    private readonly ImmutableArray<BtfType> _types;
    private readonly BoundedBytes _strings;

    internal BtfTypes(ImmutableArray<BtfType> types, BoundedBytes strings)
    {
        _types = types;
        _strings = strings;
    }

    public int Count => _types.Length;

    /// <summary>The type of that id; void for an id there is none of.</summary>
    public BtfType this[uint id] => id < _types.Length ? _types[(int)id] : _types[0];

    /// <summary>The first type of that kind and name; null if there is none.</summary>
    public BtfType? Find(BtfKind kind, string name) =>
        _types.FirstOrDefault(t => t.Kind == kind && string.Equals(t.Name, name, StringComparison.Ordinal));

    /// <summary>The type behind typedefs and qualifiers.</summary>
    public BtfType Resolve(uint id)
    {
        var type = this[id];
        for (var depth = 0; depth < MaximumDepth; depth++)
        {
            if (type.Kind is not (BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag))
            {
                return type;
            }

            type = this[type.Reference];
        }

        return _types[0];
    }

    /// <summary>Bytes of a value of the type; 0 for types without a size.</summary>
    public uint SizeOf(uint id)
    {
        ulong factor = 1;
        for (var depth = 0; depth < MaximumDepth; depth++)
        {
            var type = Resolve(id);
            if (type.Kind != BtfKind.Array)
            {
                var size = factor * (type.Kind == BtfKind.Pointer ? 8 : type.Size);
                return size <= int.MaxValue ? (uint)size : 0;
            }

            factor *= type.Count;
            if (factor > int.MaxValue)
            {
                return 0;
            }

            id = type.Reference;
        }

        return 0;
    }

    /// <summary>A string of the section; empty when there is none at that offset.</summary>
    public string Text(uint offset) => _strings.Has(offset, 1) ? _strings.Text(offset) : "";
}
