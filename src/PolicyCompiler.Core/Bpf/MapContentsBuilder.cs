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

    /// <summary>Decision id -> struct policyc_proxy.</summary>
    public const string ProxyMap = "policyc_proxies";

    /// <summary>struct policyc_pair -> time of expiry.</summary>
    public const string AuthenticatedMap = "policyc_authenticated";

    /// <summary>Bytes of struct policyc_proxy.</summary>
    public const int ProxySize = 8;

    /// <summary>Bytes of struct policyc_pair.</summary>
    public const int PairSize = 8;

    private const int CounterSize = 16;

    /// <summary>Room for entries that an agent adds at run time, in a hash or trie without entries.</summary>
    private const int MinimumEntries = 16;

    /// <summary>Pairs of endpoint and identity that a node's endpoints can be authenticated with at a time.</summary>
    private const int AuthenticatedEntries = 65536;

    public static ImmutableArray<MapContents> Build(PolicyTables tables) =>
    [
        new MapContents(Pages, 4, PolicyTables.PageSlots * 4, tables.PageCount, [], [.. MemoryMarshal.AsBytes(tables.Pages.AsSpan())]),
        Exact("policyc_ipcache4", AddressFamily.IPv4, tables),
        Prefixes("policyc_prefix4", AddressFamily.IPv4, tables),
        Exact("policyc_ipcache6", AddressFamily.IPv6, tables),
        Prefixes("policyc_prefix6", AddressFamily.IPv6, tables),
        new MapContents(Counters, 4, CounterSize, tables.Decisions[^1].Id + 1, [], []),
        Proxies(tables, port: 0),
        new MapContents(AuthenticatedMap, PairSize, sizeof(ulong), AuthenticatedEntries, [], []),
    ];

    /// <summary>The proxies' map: an entry for every decision that redirects, all with one listener.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="port">Port of the listener; 0: none listens yet, and redirected connections drop.</param>
    public static MapContents Proxies(PolicyTables tables, ushort port)
    {
        var decisions = tables.Redirects.Select(r => r.Decision).ToArray();
        var keys = new byte[decisions.Length * sizeof(int)];
        var values = new byte[decisions.Length * ProxySize];
        for (var i = 0; i < decisions.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(keys.AsSpan(i * sizeof(int)), decisions[i]);
            BinaryPrimitives.WriteUInt16BigEndian(values.AsSpan(i * ProxySize), port);
        }

        return new MapContents(ProxyMap, sizeof(int), ProxySize, Math.Max(MinimumEntries, decisions.Length), [.. keys], [.. values]);
    }

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
