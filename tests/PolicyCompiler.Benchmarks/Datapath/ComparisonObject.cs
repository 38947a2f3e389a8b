using PolicyCompiler.Kernel;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Benchmarks.Datapath;

/// <summary>A program of bpf/ in the kernel, with maps of its own.</summary>
internal sealed unsafe class ComparisonObject : IDisposable
{
    private readonly LoadedObject _object;

    private ComparisonObject(LoadedObject loaded) => _object = loaded;

    /// <exception cref="KernelException">The kernel refused it.</exception>
    public static ComparisonObject Load(string path)
    {
        var loaded = LoadedObject.Open(Path.GetFileNameWithoutExtension(path), [.. File.ReadAllBytes(path)]);
        try
        {
            loaded.Load();
            return new ComparisonObject(loaded);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>The descriptor of a program.</summary>
    public int Program(string name) => LibBpf.bpf_program__fd(_object.Programs().Single(p => p.Name == name).Pointer);

    /// <summary>Programs whose name starts so, by name and descriptor.</summary>
    public IEnumerable<(string Name, int Descriptor)> Programs(string prefix) => _object.Programs()
        .Where(p => p.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(p => (p.Name, LibBpf.bpf_program__fd(p.Pointer)));

    /// <summary>Writes one entry.</summary>
    public void Put(string map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var pointer = _object.Maps().Single(m => m.Name == map).Pointer;
        Put(LibBpf.bpf_map__fd(pointer), map, key, value);
    }

    /// <summary>Zeroes the uninitialised global variables.</summary>
    public void ResetVariables()
    {
        const string Section = ".bss";
        Put(LibBpf.bpf_map__fd(_object.GlobalVariables(Section)), Section, new byte[4], new byte[_object.InitialBytes(Section).Length]);
    }

    public void Dispose() => _object.Dispose();

    private static void Put(int descriptor, string map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        fixed (byte* keyPointer = key)
        fixed (byte* valuePointer = value)
        {
            KernelException.ThrowIfFailed(LibBpf.bpf_map_update_elem(descriptor, keyPointer, valuePointer, 0), $"writing to map {map}");
        }
    }
}
