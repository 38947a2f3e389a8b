using System.Runtime.InteropServices;

namespace PolicyCompiler.Core.Tables;

/// <summary>
/// The pages of <c>policyc_pages</c>: 64 words each, equal pages stored once. Page 0 is all zero.
/// </summary>
internal sealed class PageStore
{
    public const int Bits = 6;
    public const int Slots = 1 << Bits;

    private readonly List<uint> _words = [.. new uint[Slots]];
    private readonly Dictionary<uint, List<int>> _byHash = [];
    private readonly Dictionary<(int Level, uint Value), uint> _uniform = [];

    public PageStore() => _byHash.Add(Hash(new uint[Slots]), [0]);

    /// <summary>The fewest levels, at least <paramref name="least"/>, of a trie whose keys are below <paramref name="count"/>; at most 3.</summary>
    public static int LevelsFor(int count, int least = 1) => Math.Max(least, count <= Slots ? 1 : count <= Slots * Slots ? 2 : 3);

    public ReadOnlySpan<uint> Words => CollectionsMarshal.AsSpan(_words);

    /// <summary>A trie over keys of 6 bits a level: the value of the range a key lies in, or the fallback.</summary>
    /// <param name="levels">1, 2 or 3.</param>
    /// <param name="ranges">Disjoint inclusive ranges of keys, ascending.</param>
    /// <param name="fallback">Value of the keys in no range.</param>
    /// <returns>Number of the root page.</returns>
    public uint AddTrie(int levels, ReadOnlySpan<(int First, int Last, uint Value)> ranges, uint fallback) =>
        AddNode(levels - 1, 0, ranges, fallback);

    private uint AddNode(int level, int start, ReadOnlySpan<(int First, int Last, uint Value)> ranges, uint fallback)
    {
        var size = 1 << (level * Bits);
        Span<uint> page = stackalloc uint[Slots];
        for (var slot = 0; slot < Slots; slot++, start += size)
        {
            var last = start + size - 1;
            while (ranges.Length > 0 && ranges[0].Last < start)
            {
                ranges = ranges[1..];
            }

            page[slot] = ranges.Length == 0 || ranges[0].First > last ? Uniform(level - 1, fallback)
                : ranges[0].First <= start && ranges[0].Last >= last ? Uniform(level - 1, ranges[0].Value)
                : AddNode(level - 1, start, ranges, fallback);
        }

        return Add(page);
    }

    /// <summary>The subtree that has the same value everywhere; below the last level it is the value itself.</summary>
    private uint Uniform(int level, uint value)
    {
        if (level < 0)
        {
            return value;
        }

        if (!_uniform.TryGetValue((level, value), out var number))
        {
            Span<uint> page = stackalloc uint[Slots];
            page.Fill(Uniform(level - 1, value));
            _uniform.Add((level, value), number = Add(page));
        }

        return number;
    }

    private uint Add(ReadOnlySpan<uint> page)
    {
        var hash = Hash(page);
        if (!_byHash.TryGetValue(hash, out var candidates))
        {
            _byHash.Add(hash, candidates = []);
        }

        foreach (var candidate in candidates)
        {
            if (Words.Slice(candidate * Slots, Slots).SequenceEqual(page))
            {
                return (uint)candidate;
            }
        }

        var number = _words.Count / Slots;
        _words.AddRange(page);
        candidates.Add(number);
        return (uint)number;
    }

    private static uint Hash(ReadOnlySpan<uint> page)
    {
        // FNV-1a over words.
        var hash = 2166136261u;
        foreach (var word in page)
        {
            hash = (hash ^ word) * 16777619u;
        }

        return hash;
    }
}
