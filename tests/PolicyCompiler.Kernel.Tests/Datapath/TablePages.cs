using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>Builds the content of policyc_pages straight from the description in policyc_abi.h.</summary>
internal sealed class TablePages
{
    private const int Slots = 64;

    private readonly List<uint[]> _pages = [new uint[Slots]];
    private readonly Dictionary<string, uint> _names = new(StringComparer.Ordinal);

    public int Count => _pages.Count;

    public ImmutableArray<byte> Words => [.. _pages.SelectMany(p => MemoryMarshal.AsBytes(p.AsSpan()).ToArray())];

    /// <summary>A trie over keys of 6 bits a level; gives the number of its root page.</summary>
    public uint AddTrie(int levels, Func<int, uint> value, int firstKey = 0)
    {
        var page = new uint[Slots];
        var size = 1 << (6 * (levels - 1));
        for (var slot = 0; slot < Slots; slot++)
        {
            var key = firstKey + (slot * size);
            page[slot] = levels == 1 ? value(key) : AddTrie(levels - 1, value, key);
        }

        var same = _pages.FindIndex(p => p.SequenceEqual(page));
        if (same >= 0)
        {
            return (uint)same;
        }

        _pages.Add(page);
        return (uint)_pages.Count - 1;
    }

    public void Name(string name, uint page) => _names.Add(name, page);

    public uint Named(string name) => _names[name];
}
