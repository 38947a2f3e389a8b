namespace PolicyCompiler.Core.Bpf;

/// <summary>
/// Since when kernels have what programs can use. Helpers and map types are numbered in the order in which they came, so
/// one number a release dates them all (include/uapi/linux/bpf.h at each release; docs/kernel-features.md).
/// </summary>
internal static class KernelFeatures
{
    public static readonly KernelFeature Subprograms = new("calls between functions of a program", new KernelVersion(4, 16));
    public static readonly KernelFeature Jump32 = new("32-bit jumps", new KernelVersion(5, 1));
    public static readonly KernelFeature GlobalVariables = new("global variables", new KernelVersion(5, 2));
    public static readonly KernelFeature Loops = new("loops", new KernelVersion(5, 3));
    public static readonly KernelFeature MappableMaps = new("maps that user space can map (BPF_F_MMAPABLE)", new KernelVersion(5, 5));
    public static readonly KernelFeature GlobalFunctions = new("functions that are verified by themselves", new KernelVersion(5, 6));
    public static readonly KernelFeature MemoryArguments = new("pointers to memory as arguments of functions that are verified by themselves", new KernelVersion(5, 12));
    public static readonly KernelFeature Atomics = new("atomic operations other than a plain addition", new KernelVersion(5, 12));
    public static readonly KernelFeature FunctionPointers = new("addresses of functions", new KernelVersion(5, 13));
    public static readonly KernelFeature Instructions4 = new("instructions of version 4 (sign extension, long jumps)", new KernelVersion(6, 6));

    // The last helper (__BPF_FUNC_MAPPER) that came with a release.
    private static readonly (int Last, KernelVersion Since)[] Helpers =
    [
        (3, new(3, 19)), (11, new(4, 1)), (16, new(4, 2)), (22, new(4, 3)), (25, new(4, 4)), (26, new(4, 5)), (30, new(4, 6)),
        (36, new(4, 8)), (41, new(4, 9)), (44, new(4, 10)), (45, new(4, 11)), (47, new(4, 12)), (50, new(4, 13)), (53, new(4, 14)),
        (57, new(4, 15)), (59, new(4, 16)), (64, new(4, 17)), (80, new(4, 18)), (83, new(4, 19)), (90, new(4, 20)), (92, new(5, 0)),
        (98, new(5, 1)), (108, new(5, 2)), (110, new(5, 3)), (115, new(5, 5)), (119, new(5, 6)), (124, new(5, 7)), (135, new(5, 8)),
        (141, new(5, 9)), (155, new(5, 10)), (162, new(5, 11)), (163, new(5, 12)), (165, new(5, 13)), (168, new(5, 14)),
        (175, new(5, 15)), (179, new(5, 16)), (185, new(5, 17)), (193, new(5, 18)), (203, new(5, 19)), (207, new(6, 0)),
        (209, new(6, 1)), (211, new(6, 2)),
    ];

    // enum bpf_map_type, from 1 on.
    private static readonly (string Name, KernelVersion Since)[] MapTypes =
    [
        ("HASH", new(3, 19)), ("ARRAY", new(3, 19)), ("PROG_ARRAY", new(4, 2)), ("PERF_EVENT_ARRAY", new(4, 3)), ("PERCPU_HASH", new(4, 6)),
        ("PERCPU_ARRAY", new(4, 6)), ("STACK_TRACE", new(4, 6)), ("CGROUP_ARRAY", new(4, 8)), ("LRU_HASH", new(4, 10)),
        ("LRU_PERCPU_HASH", new(4, 10)), ("LPM_TRIE", new(4, 11)), ("ARRAY_OF_MAPS", new(4, 12)), ("HASH_OF_MAPS", new(4, 12)),
        ("DEVMAP", new(4, 14)), ("SOCKMAP", new(4, 14)), ("CPUMAP", new(4, 15)), ("XSKMAP", new(4, 18)), ("SOCKHASH", new(4, 18)),
        ("CGROUP_STORAGE", new(4, 19)), ("REUSEPORT_SOCKARRAY", new(4, 19)), ("PERCPU_CGROUP_STORAGE", new(4, 20)), ("QUEUE", new(4, 20)),
        ("STACK", new(4, 20)), ("SK_STORAGE", new(5, 2)), ("DEVMAP_HASH", new(5, 4)), ("STRUCT_OPS", new(5, 6)), ("RINGBUF", new(5, 8)),
        ("INODE_STORAGE", new(5, 10)), ("TASK_STORAGE", new(5, 11)), ("BLOOM_FILTER", new(5, 16)), ("USER_RINGBUF", new(6, 1)),
        ("CGRP_STORAGE", new(6, 2)), ("ARENA", new(6, 9)),
    ];

    // Kernel functions that programs at tc can call; there is no list of them in the kernel's interface.
    private static readonly Dictionary<string, KernelVersion> KernelFunctions = new(StringComparer.Ordinal)
    {
        ["bpf_skb_ct_lookup"] = new(5, 18),
        ["bpf_xdp_ct_lookup"] = new(5, 18),
        ["bpf_ct_release"] = new(5, 18),
        ["bpf_skb_ct_alloc"] = new(6, 0),
        ["bpf_ct_insert_entry"] = new(6, 0),
        ["bpf_ct_set_timeout"] = new(6, 0),
        ["bpf_ct_set_status"] = new(6, 0),
        ["bpf_cast_to_kern_ctx"] = new(6, 2),
        ["bpf_rdonly_cast"] = new(6, 2),
        ["bpf_obj_new_impl"] = new(6, 2),
        ["bpf_rcu_read_lock"] = new(6, 2),
        ["bpf_rcu_read_unlock"] = new(6, 2),
        ["bpf_dynptr_from_skb"] = new(6, 4),
        ["bpf_dynptr_from_xdp"] = new(6, 4),
        ["bpf_dynptr_slice"] = new(6, 4),
        ["bpf_dynptr_slice_rdwr"] = new(6, 4),
        ["bpf_iter_num_new"] = new(6, 4),
        ["bpf_iter_num_next"] = new(6, 4),
        ["bpf_iter_num_destroy"] = new(6, 4),
    };

    public static KernelFeature Helper(int number)
    {
        var at = number <= 0 ? Helpers.Length : Array.FindIndex(Helpers, h => number <= h.Last);
        var name = HelperNames.Of(number) ?? FormattableString.Invariant($"number {number}");
        return new KernelFeature($"helper {name}", at >= 0 && at < Helpers.Length ? Helpers[at].Since : null);
    }

    public static KernelFeature MapType(uint type) => type >= 1 && type <= MapTypes.Length
        ? new KernelFeature($"map type {MapTypes[type - 1].Name}", MapTypes[type - 1].Since)
        : new KernelFeature(FormattableString.Invariant($"map type number {type}"), null);

    public static KernelFeature KernelFunction(string name) =>
        new($"kernel function {name}", KernelFunctions.TryGetValue(name, out var since) ? since : null);
}
