using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel;

/// <summary>An object opened by libbpf: first its maps are bound and sized, then it is loaded into the kernel.</summary>
internal sealed unsafe class LoadedObject : IDisposable
{
    private const uint BtfKindVariable = 14;
    private const uint BtfKindDataSection = 15;

    private readonly BpfObjectHandle _handle;
    private readonly GCHandle _elf;

    private LoadedObject(BpfObjectHandle handle, GCHandle elf)
    {
        _handle = handle;
        _elf = elf;
    }

    /// <exception cref="KernelException">libbpf cannot read the ELF file.</exception>
    public static LoadedObject Open(string name, ImmutableArray<byte> elf)
    {
        var pin = GCHandle.Alloc(ImmutableCollectionsMarshal.AsArray(elf), GCHandleType.Pinned);
        LibBpfMessages.Begin();
        fixed (byte* namePointer = Encoding.UTF8.GetBytes(name + "\0"))
        {
            var options = new ObjectOpenOptions { StructSize = LibBpf.SizeOf<ObjectOpenOptions>(), ObjectName = namePointer };
            var pointer = LibBpf.bpf_object__open_mem((byte*)pin.AddrOfPinnedObject(), (nuint)elf.Length, &options);
            if (pointer == 0)
            {
                var error = Marshal.GetLastPInvokeError();
                pin.Free();
                throw new KernelException("reading the ELF file", error, string.Join("; ", LibBpfMessages.End()));
            }

            LibBpfMessages.End();
            return new LoadedObject(new BpfObjectHandle(pointer), pin);
        }
    }

    /// <summary>In the order in which libbpf loads them.</summary>
    public IEnumerable<(string Name, nint Pointer)> Programs()
    {
        for (var p = LibBpf.bpf_object__next_program(_handle, 0); p != 0; p = LibBpf.bpf_object__next_program(_handle, p))
        {
            yield return (Marshal.PtrToStringUTF8(LibBpf.bpf_program__name(p))!, p);
        }
    }

    /// <summary>The maps that its source declares; not those that libbpf makes for global variables.</summary>
    public IEnumerable<(string Name, nint Pointer)> Maps()
    {
        for (var m = LibBpf.bpf_object__next_map(_handle, 0); m != 0; m = LibBpf.bpf_object__next_map(_handle, m))
        {
            if (LibBpf.bpf_map__is_internal(m) == 0)
            {
                yield return (Marshal.PtrToStringUTF8(LibBpf.bpf_map__name(m))!, m);
            }
        }
    }

    /// <summary>Leaves the programs out of <see cref="Load"/>: only maps are created.</summary>
    public void SkipPrograms()
    {
        foreach (var (_, program) in Programs())
        {
            LibBpf.bpf_program__set_autoload(program, 0);
        }
    }

    /// <summary>Makes the kernel write its log of each program there.</summary>
    public void SetLog(VerifierLogBuffers buffers, uint level)
    {
        var index = 0;
        foreach (var (_, program) in Programs())
        {
            var buffer = buffers.Take(index++);
            LibBpf.bpf_program__set_log_level(program, level);
            LibBpf.bpf_program__set_log_buf(program, buffer, VerifierLogBuffers.Size);
        }
    }

    /// <summary>Loads everything that was not left out.</summary>
    /// <exception cref="KernelException">The kernel or libbpf refused; the message holds libbpf's words.</exception>
    public void Load()
    {
        LibBpfMessages.Begin();
        var result = LibBpf.bpf_object__load(_handle);
        var messages = LibBpfMessages.End();
        if (result < 0)
        {
            throw new KernelException("loading", result, string.Join("; ", messages.Select(FirstLine).Where(m => m.Length > 0)));
        }
    }

    /// <summary>The map that libbpf makes for a section of global variables (<c>.data</c>); 0 without one.</summary>
    public nint GlobalVariables(string section) => LibBpf.bpf_object__find_map_by_name(_handle, section);

    /// <summary>The bytes that a section's map will have at first; empty without such a section.</summary>
    public Span<byte> InitialBytes(string section)
    {
        var map = GlobalVariables(section);
        if (map == 0)
        {
            return [];
        }

        var bytes = LibBpf.bpf_map__initial_value(map, out var size);
        return new Span<byte>(bytes, bytes is null ? 0 : (int)size);
    }

    /// <summary>Where a global variable lies in its section, by the object's BTF; null when it has none of that name.</summary>
    public (int Offset, int Size)? FindVariable(string section, string name)
    {
        var btf = LibBpf.bpf_object__btf(_handle);
        if (btf == 0)
        {
            return null;
        }

        var variable = LibBpf.btf__find_by_name_kind(btf, name, BtfKindVariable);
        var sectionId = LibBpf.btf__find_by_name_kind(btf, section, BtfKindDataSection);
        if (variable < 0 || sectionId < 0)
        {
            return null;
        }

        // struct btf_type is three words, the low half of the second is the number of struct btf_var_secinfo that follow.
        var type = LibBpf.btf__type_by_id(btf, (uint)sectionId);
        var entries = new ReadOnlySpan<uint>(type + 3, (int)(type[1] & 0xffff) * 3);
        for (var i = 0; i < entries.Length; i += 3)
        {
            if (entries[i] == (uint)variable)
            {
                return ((int)entries[i + 1], (int)entries[i + 2]);
            }
        }

        return null;
    }

    public void Dispose()
    {
        _handle.Dispose();
        if (_elf.IsAllocated)
        {
            _elf.Free();
        }
    }

    // libbpf passes whole verifier logs through its messages.
    private static string FirstLine(string message)
    {
        var end = message.IndexOf('\n', StringComparison.Ordinal);
        return message.Contains("BEGIN PROG LOAD LOG", StringComparison.Ordinal) ? ""
            : end < 0 ? message : message[..end];
    }
}
