using System.Buffers.Binary;
using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel;

/// <summary>
/// The maps that all objects of a bundle share: created once, sized and filled from the contents, then given to every
/// object that is loaded. A map is created when the first object that declares it is bound.
/// </summary>
public sealed class DatapathMaps : IDisposable
{
    /// <summary>Per-CPU array of struct policyc_counter by decision id.</summary>
    public const string Counters = MapContentsBuilder.Counters;

    /// <summary>Ring buffer of struct policyc_event.</summary>
    public const string Events = "policyc_events";

    /// <summary>Decision id -> the proxy of the connections it redirects.</summary>
    public const string Proxies = MapContentsBuilder.ProxyMap;

    /// <summary>Endpoint and identity -> time until which they are authenticated.</summary>
    public const string Authenticated = MapContentsBuilder.AuthenticatedMap;

    /// <summary>Per-CPU count of events that did not fit into it.</summary>
    public const string LostEvents = "policyc_events_lost";

    /// <summary>An expiry that does not come.</summary>
    public const ulong Forever = ulong.MaxValue;

    private readonly SortedDictionary<string, MapContents> _contents = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, KernelMap> _maps = new(StringComparer.Ordinal);
    private readonly bool _fill;

    /// <param name="contents">
    /// Sizes and entries. A map that is not named here keeps the size its object declares.
    /// </param>
    /// <param name="previous">
    /// The maps of an earlier bundle: those without contents (connections, fragments, events) are taken over, so that
    /// connections are decided again instead of forgotten. Both may be disposed in any order.
    /// </param>
    public DatapathMaps(IEnumerable<MapContents> contents, DatapathMaps? previous = null)
        : this(contents, fill: true)
    {
        foreach (var map in previous?._maps.Values.Where(m => !_contents.ContainsKey(m.Name)) ?? [])
        {
            _maps.Add(map.Name, new KernelMap(map.Name, map.Fd));
        }
    }

    internal DatapathMaps(IEnumerable<MapContents> contents, bool fill)
    {
        foreach (var content in contents)
        {
            _contents.Add(content.Name, content);
        }

        _fill = fill;
    }

    /// <summary>Entries a map has room for; 0 when no bound object declares it.</summary>
    public int Capacity(string name) => _maps.TryGetValue(name, out var map) ? map.MaxEntries : 0;

    /// <summary>Writes entries over those that are there. Entries with other keys stay.</summary>
    /// <exception cref="KernelException">The map is full or does not take the entry.</exception>
    public void Update(MapContents contents)
    {
        if (_maps.TryGetValue(contents.Name, out var map))
        {
            Fill(map, contents);
        }
    }

    /// <summary>Notes that an endpoint and an identity have authenticated each other.</summary>
    /// <param name="endpointId">Of the configuration.</param>
    /// <param name="identity">Identity index of the other end.</param>
    /// <param name="expires">CLOCK_MONOTONIC in the unit of connections, 2^28 ns.</param>
    /// <exception cref="KernelException">The map is full.</exception>
    public void Authenticate(uint endpointId, uint identity, ulong expires)
    {
        var entry = new byte[MapContentsBuilder.PairSize + sizeof(ulong)];
        var value = entry.AsSpan(MapContentsBuilder.PairSize);
        BinaryPrimitives.WriteUInt32LittleEndian(entry, endpointId);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(sizeof(uint)), identity);
        BinaryPrimitives.WriteUInt64LittleEndian(value, expires);
        if (_maps.TryGetValue(Authenticated, out var map))
        {
            map.Update(entry.AsSpan(0, MapContentsBuilder.PairSize), value);
        }
    }

    /// <summary>Removes all entries of a map, such as the connections; zeroes an array.</summary>
    public void Clear(string name)
    {
        if (_maps.TryGetValue(name, out var map))
        {
            map.Clear();
        }
    }

    /// <summary>Forgets all connections and fragments.</summary>
    public void ClearConnections()
    {
        Clear(ConnectionTableLayout.Table);
        Clear("policyc_fragments4");
        Clear("policyc_fragments6");
    }

    /// <summary>Number of entries in a map that is not an array.</summary>
    public int Count(string name) => _maps.TryGetValue(name, out var map) ? map.Count() : 0;

    /// <summary>Packets and bytes that a decision was taken for, summed over CPUs.</summary>
    public DecisionCounter ReadCounter(int decision)
    {
        var sum = new DecisionCounter(0, 0);
        foreach (var value in PerCpuValues(Counters, decision))
        {
            sum = new DecisionCounter(
                sum.Packets + BinaryPrimitives.ReadUInt64LittleEndian(value.Span),
                sum.Bytes + BinaryPrimitives.ReadUInt64LittleEndian(value.Span[8..]));
        }

        return sum;
    }

    /// <summary>Drop events that found the ring buffer full.</summary>
    public ulong ReadLostEvents() =>
        PerCpuValues(LostEvents, 0).Aggregate(0ul, (sum, value) => sum + BinaryPrimitives.ReadUInt64LittleEndian(value.Span));

    /// <summary>All decisions that have counted a packet, in order of id.</summary>
    public ImmutableArray<(int Decision, DecisionCounter Counter)> ReadCounters() =>
        [.. Enumerable.Range(0, Capacity(Counters)).Select(id => (id, ReadCounter(id))).Where(c => c.Item2.Packets > 0)];

    /// <summary>Opens the ring buffer of drop events; the object that declares it must have been bound.</summary>
    public DropEventReader OpenEvents() => _maps.TryGetValue(Events, out var map)
        ? new DropEventReader(map.Fd)
        : throw new InvalidOperationException($"no loaded object declares {Events}");

    public void Dispose()
    {
        foreach (var map in _maps.Values)
        {
            map.Dispose();
        }

        _maps.Clear();
    }

    /// <summary>Makes an opened, not yet loaded object use the shared maps; creates those that no other object had.</summary>
    internal void Bind(LoadedObject target, string name, ImmutableArray<byte> elf)
    {
        if (SharedMaps(target).Any(m => !_maps.ContainsKey(m.Name)))
        {
            Create(name, elf);
        }

        foreach (var (mapName, map) in SharedMaps(target))
        {
            Share(map, _maps[mapName]);
        }
    }

    /// <summary>A map by its name, for what the public members do not offer.</summary>
    internal KernelMap this[string name] => _maps[name];

    private void Create(string objectName, ImmutableArray<byte> elf)
    {
        using var owner = LoadedObject.Open(objectName, elf);
        owner.SkipPrograms();
        foreach (var (name, map) in SharedMaps(owner))
        {
            if (_maps.TryGetValue(name, out var existing))
            {
                Share(map, existing);
            }
            else if (_contents.TryGetValue(name, out var contents))
            {
                KernelException.ThrowIfFailed(
                    LibBpf.bpf_map__set_max_entries(map, (uint)contents.MaxEntries), $"sizing map {name}");
            }
        }

        SetConnectionTableLayout(owner);
        owner.Load();
        foreach (var (name, map) in SharedMaps(owner).Where(m => !_maps.ContainsKey(m.Name)))
        {
            _maps.Add(name, new KernelMap(name, LibBpf.bpf_map__fd(map)));
            if (_fill && _contents.TryGetValue(name, out var contents))
            {
                Fill(_maps[name], contents);
            }
        }
    }

    // Global variables belong to one instance, but for the layout of the tables that all instances use.
    private static IEnumerable<(string Name, nint Pointer)> SharedMaps(LoadedObject loaded)
    {
        var layout = loaded.GlobalVariables(ConnectionTableLayout.Section);
        return layout == 0 ? loaded.Maps() : loaded.Maps().Append((ConnectionTableLayout.Section, layout));
    }

    private void SetConnectionTableLayout(LoadedObject owner)
    {
        if (_maps.ContainsKey(ConnectionTableLayout.Section)
            || owner.FindVariable(ConnectionTableLayout.Section, ConnectionTableLayout.Variable) is not { Size: ConnectionTableLayout.Size } variable)
        {
            return;
        }

        var table = owner.Maps().FirstOrDefault(m => string.Equals(m.Name, ConnectionTableLayout.Table, StringComparison.Ordinal));
        var buckets = table.Pointer == 0 ? 0 : LibBpf.bpf_map__max_entries(table.Pointer);
        ConnectionTableLayout.Create(buckets).CopyTo(owner.InitialBytes(ConnectionTableLayout.Section)[variable.Offset..]);
    }

    private static void Share(nint map, KernelMap shared) =>
        KernelException.ThrowIfFailed(LibBpf.bpf_map__reuse_fd(map, shared.Fd), $"sharing map {shared.Name}");

    /// <summary>An array element's value on each CPU; nothing when there is no such map or element.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> PerCpuValues(string name, int index)
    {
        if (!_maps.TryGetValue(name, out var map))
        {
            yield break;
        }

        var key = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(key, index);
        var stride = (map.ValueSize + 7) / 8 * 8;
        var values = new byte[stride * LibBpf.libbpf_num_possible_cpus()];
        for (var at = map.TryLookup(key, values) ? 0 : values.Length; at < values.Length; at += stride)
        {
            yield return values.AsMemory(at, stride);
        }
    }

    private static void Fill(KernelMap map, MapContents contents)
    {
        if (contents.ValueSize != map.ValueSize || contents.KeySize != map.KeySize)
        {
            throw new ArgumentException(
                $"map {map.Name} has keys of {map.KeySize} and values of {map.ValueSize} bytes, its contents {contents.KeySize} and {contents.ValueSize}",
                nameof(contents));
        }

        if (contents.Count > 0 && map.IsPerCpu)
        {
            throw new ArgumentException($"map {map.Name} has a value for each CPU; contents cannot fill it", nameof(contents));
        }

        if (map.IsArray)
        {
            map.UpdateArray(contents.Values.AsSpan());
        }
        else
        {
            map.Update(contents.Keys.AsSpan(), contents.Values.AsSpan());
        }
    }
}
