using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel;

/// <summary>A map in the kernel, held by a file descriptor of its own.</summary>
internal sealed unsafe class KernelMap : IDisposable
{
    // enum bpf_map_type
    private const uint Array = 2;
    private const uint PerCpuHash = 5;
    private const uint PerCpuArray = 6;
    private const uint LruPerCpuHash = 10;

    private readonly SafeFileHandle _handle;
    private readonly MapInfo _info;

    /// <param name="name">For messages.</param>
    /// <param name="fd">Stays the caller's: the map keeps a duplicate.</param>
    /// <exception cref="KernelException">The descriptor is not a map's.</exception>
    public KernelMap(string name, int fd)
    {
        Name = name;
        var duplicate = LibC.fcntl(fd, LibC.DuplicateCloseOnExec, 0);
        if (duplicate < 0)
        {
            throw new KernelException($"keeping map {name}", Marshal.GetLastPInvokeError());
        }

        _handle = new SafeFileHandle(duplicate, ownsHandle: true);
        var info = default(MapInfo);
        var size = LibBpf.SizeOf<MapInfo>();
        KernelException.ThrowIfFailed(LibBpf.bpf_obj_get_info_by_fd(duplicate, &info, ref size), $"reading the type of map {name}");
        _info = info;
    }

    public string Name { get; }

    public int Fd => (int)_handle.DangerousGetHandle();

    public int KeySize => (int)_info.KeySize;

    /// <summary>Bytes of one value; of one CPU's value for a per-CPU map.</summary>
    public int ValueSize => (int)_info.ValueSize;

    public int MaxEntries => (int)_info.MaxEntries;

    public bool IsArray => _info.Type is Array or PerCpuArray;

    public bool IsPerCpu => _info.Type is PerCpuArray or PerCpuHash or LruPerCpuHash;

    /// <summary>Writes entries; those with other keys stay.</summary>
    /// <exception cref="KernelException">The kernel refused an entry: the map is full, or a key is malformed.</exception>
    public void Update(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values)
    {
        var total = (uint)(values.Length / ValueSize);
        var options = new MapBatchOptions { StructSize = LibBpf.SizeOf<MapBatchOptions>() };
        fixed (byte* keyPointer = keys)
        fixed (byte* valuePointer = values)
        {
            for (uint done = 0; done < total;)
            {
                var count = total - done;
                var result = LibBpf.bpf_map_update_batch(
                    Fd, keyPointer + (done * KeySize), valuePointer + (done * ValueSize), ref count, &options);
                KernelException.ThrowIfFailed(result, $"filling map {Name} with {total} entries (it holds {MaxEntries})");
                done += count;
            }
        }
    }

    /// <summary>Writes an array's entries from index 0 on.</summary>
    public void UpdateArray(ReadOnlySpan<byte> values) => Update(Indexes(values.Length / ValueSize), values);

    /// <summary>One value; for a per-CPU map the values of all possible CPUs, each padded to 8 bytes.</summary>
    public bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value)
    {
        fixed (byte* keyPointer = key)
        fixed (byte* valuePointer = value)
        {
            return LibBpf.bpf_map_lookup_elem(Fd, keyPointer, valuePointer) == 0;
        }
    }

    /// <summary>Number of entries that can be walked.</summary>
    public int Count()
    {
        var count = 0;
        Span<byte> key = new byte[KeySize];
        fixed (byte* pointer = key)
        {
            for (byte* previous = null; LibBpf.bpf_map_get_next_key(Fd, previous, pointer) == 0; previous = pointer)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>Removes all entries; zeroes an array.</summary>
    public void Clear()
    {
        if (IsArray)
        {
            var valueBytes = IsPerCpu ? (ValueSize + 7) / 8 * 8 * LibBpf.libbpf_num_possible_cpus() : ValueSize;
            ClearArray(valueBytes);
            return;
        }

        fixed (byte* key = new byte[KeySize])
        {
            // Deleting the first key again and again is safe against concurrent inserts of the datapath.
            while (LibBpf.bpf_map_get_next_key(Fd, null, key) == 0)
            {
                LibBpf.bpf_map_delete_elem(Fd, key);
            }
        }
    }

    public void Dispose() => _handle.Dispose();

    private void ClearArray(int valueBytes)
    {
        const int Chunk = 4096;
        var options = new MapBatchOptions { StructSize = LibBpf.SizeOf<MapBatchOptions>() };
        var keys = new uint[Math.Min(Chunk, MaxEntries)];
        fixed (byte* values = new byte[keys.Length * valueBytes])
        fixed (uint* keyPointer = keys)
        {
            for (var first = 0; first < MaxEntries; first += keys.Length)
            {
                var count = (uint)Math.Min(keys.Length, MaxEntries - first);
                for (var i = 0; i < count; i++)
                {
                    keys[i] = (uint)(first + i);
                }

                KernelException.ThrowIfFailed(
                    LibBpf.bpf_map_update_batch(Fd, (byte*)keyPointer, values, ref count, &options), $"clearing map {Name}");
            }
        }
    }

    private static byte[] Indexes(int count)
    {
        var indexes = new uint[count];
        for (var i = 0; i < count; i++)
        {
            indexes[i] = (uint)i;
        }

        return MemoryMarshal.AsBytes(indexes.AsSpan()).ToArray();
    }
}
