using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Bpf;

/// <summary>Tables -> map contents, in the layouts of policyc_abi.h on a little-endian machine.</summary>
public static class MapContentsBuilder
{
    public const string Pages = "policyc_pages";
    public const string Counters = "policyc_counters";

    private const int CounterSize = 16;

    /// <summary>Room for entries that an agent adds at run time, in a hash or trie without entries.</summary>
    private const int MinimumEntries = 16;

    public static ImmutableArray<MapContents> Build(PolicyTables tables) =>
    [
        new MapContents(Pages, 4, PolicyTables.PageSlots * 4, tables.PageCount, [], [.. MemoryMarshal.AsBytes(tables.Pages.AsSpan())]),
        Exact("policyc_ipcache4", AddressFamily.IPv4, tables),
        Prefixes("policyc_prefix4", AddressFamily.IPv4, tables),
        Exact("policyc_ipcache6", AddressFamily.IPv6, tables),
        Prefixes("policyc_prefix6", AddressFamily.IPv6, tables),
        new MapContents(Counters, 4, CounterSize, tables.Decisions[^1].Id + 1, [], []),
    ];

    private static MapContents Exact(string name, AddressFamily family, PolicyTables tables) =>
        Of(name, family == AddressFamily.IPv4 ? 4 : 16, tables, e => e.IsEndpoint && e.Prefix.Family == family, e => e.Prefix.Address.ToBytes());

    private static MapContents Prefixes(string name, AddressFamily family, PolicyTables tables) =>
        Of(name, family == AddressFamily.IPv4 ? 8 : 20, tables, e => !e.IsEndpoint && e.Prefix.Family == family, e =>
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, e.Prefix.Length);
            return [.. length, .. e.Prefix.Address.ToBytes()];
        });

    private static MapContents Of(
        string name, int keySize, PolicyTables tables, Func<IpCacheEntry, bool> belongs, Func<IpCacheEntry, byte[]> key)
    {
        var keys = ImmutableArray.CreateBuilder<byte>();
        var values = ImmutableArray.CreateBuilder<byte>();
        Span<byte> value = stackalloc byte[4];
        foreach (var entry in tables.Identities.IpCache.Where(belongs))
        {
            keys.AddRange(key(entry));
            BinaryPrimitives.WriteInt32LittleEndian(value, entry.IdentityIndex);
            values.AddRange(value);
        }

        return new MapContents(name, keySize, 4, Math.Max(MinimumEntries, values.Count / 4), keys.ToImmutable(), values.ToImmutable());
    }
}
