using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolicyCompiler.Kernel.Native;

/// <summary>
/// The libbpf 1.x calls that are used, under their C names (bpf/libbpf.h, bpf/bpf.h, bpf/btf.h). Those that return an int
/// give a negative errno on failure; those that return a pointer give null and set errno.
/// </summary>
internal static unsafe partial class LibBpf
{
    public const string Library = "libbpf.so.1";

    [LibraryImport(Library)]
    public static partial uint libbpf_major_version();

    [LibraryImport(Library)]
    public static partial uint libbpf_minor_version();

    [LibraryImport(Library)]
    public static partial nint libbpf_set_print(delegate* unmanaged[Cdecl]<int, byte*, nint, int> print);

    [LibraryImport(Library)]
    public static partial int libbpf_num_possible_cpus();

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint bpf_object__open_mem(byte* buffer, nuint size, ObjectOpenOptions* options);

    [LibraryImport(Library)]
    public static partial int bpf_object__load(BpfObjectHandle handle);

    [LibraryImport(Library)]
    public static partial void bpf_object__close(nint handle);

    [LibraryImport(Library)]
    public static partial nint bpf_object__next_program(BpfObjectHandle handle, nint previous);

    [LibraryImport(Library)]
    public static partial nint bpf_object__next_map(BpfObjectHandle handle, nint previous);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial nint bpf_object__find_map_by_name(BpfObjectHandle handle, string name);

    [LibraryImport(Library)]
    public static partial nint bpf_object__btf(BpfObjectHandle handle);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int btf__find_by_name_kind(nint btf, string name, uint kind);

    [LibraryImport(Library)]
    public static partial uint* btf__type_by_id(nint btf, uint id);

    [LibraryImport(Library)]
    public static partial nint bpf_program__name(nint program);

    [LibraryImport(Library)]
    public static partial nuint bpf_program__insn_cnt(nint program);

    [LibraryImport(Library)]
    public static partial int bpf_program__set_autoload(nint program, byte autoload);

    [LibraryImport(Library)]
    public static partial int bpf_program__set_log_level(nint program, uint level);

    [LibraryImport(Library)]
    public static partial int bpf_program__set_log_buf(nint program, byte* buffer, nuint size);

    [LibraryImport(Library)]
    public static partial int bpf_program__fd(nint program);

    [LibraryImport(Library)]
    public static partial nint bpf_map__name(nint map);

    [LibraryImport(Library)]
    public static partial byte bpf_map__is_internal(nint map);

    [LibraryImport(Library)]
    public static partial int bpf_map__fd(nint map);

    [LibraryImport(Library)]
    public static partial uint bpf_map__max_entries(nint map);

    [LibraryImport(Library)]
    public static partial int bpf_map__reuse_fd(nint map, int fd);

    [LibraryImport(Library)]
    public static partial int bpf_map__set_max_entries(nint map, uint maxEntries);

    [LibraryImport(Library)]
    public static partial byte* bpf_map__initial_value(nint map, out nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int bpf_map_create(uint type, string? name, uint keySize, uint valueSize, uint maxEntries, nint options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int bpf_prog_load(uint type, string name, string license, ulong* instructions, nuint count, nint options);

    [LibraryImport(Library)]
    public static partial int bpf_map_lookup_elem(int fd, byte* key, byte* value);

    [LibraryImport(Library)]
    public static partial int bpf_map_update_elem(int fd, byte* key, byte* value, ulong flags);

    [LibraryImport(Library)]
    public static partial int bpf_map_delete_elem(int fd, byte* key);

    [LibraryImport(Library)]
    public static partial int bpf_map_get_next_key(int fd, byte* key, byte* next);

    [LibraryImport(Library)]
    public static partial int bpf_map_update_batch(int fd, byte* keys, byte* values, ref uint count, MapBatchOptions* options);

    [LibraryImport(Library)]
    public static partial int bpf_obj_get_info_by_fd(int fd, void* info, ref uint size);

    [LibraryImport(Library)]
    public static partial int bpf_prog_test_run_opts(int fd, TestRunOptions* options);

    [LibraryImport(Library)]
    public static partial int bpf_tc_hook_create(TcHook* hook);

    [LibraryImport(Library)]
    public static partial int bpf_tc_hook_destroy(TcHook* hook);

    [LibraryImport(Library)]
    public static partial int bpf_tc_attach(TcHook* hook, TcOptions* options);

    [LibraryImport(Library)]
    public static partial int bpf_tc_detach(TcHook* hook, TcOptions* options);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint ring_buffer__new(int mapFd, delegate* unmanaged[Cdecl]<nint, byte*, nuint, int> sample, nint context, nint options);

    [LibraryImport(Library)]
    public static partial int ring_buffer__poll(RingBufferHandle ring, int timeoutMilliseconds);

    [LibraryImport(Library)]
    public static partial int ring_buffer__consume(RingBufferHandle ring);

    [LibraryImport(Library)]
    public static partial void ring_buffer__free(nint ring);

    /// <summary>True when the library is on this machine.</summary>
    public static bool IsPresent() => NativeLibrary.TryLoad(Library, typeof(LibBpf).Assembly, null, out _);

    public static uint SizeOf<T>()
        where T : unmanaged => (uint)Unsafe.SizeOf<T>();
}
