namespace PolicyCompiler.Cli.Doctor;

/// <summary>What was read from a machine, before any judgement.</summary>
internal sealed record MachineFacts
{
    /// <summary>Version of the .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>As .NET names it: linux-x64.</summary>
    public required string Platform { get; init; }

    /// <summary>Such as 19.1.7; empty when there is none of the major version that is needed.</summary>
    public required string LlvmVersion { get; init; }

    public string LlvmPath { get; init; } = "";

    /// <summary><c>major.minor</c>; empty when there is none.</summary>
    public required string LibbpfVersion { get; init; }

    public string LibbpfPath { get; init; } = "";

    /// <summary><c>uname -r</c>.</summary>
    public required string KernelRelease { get; init; }

    /// <summary>The kernel's own type information, /sys/kernel/btf/vmlinux.</summary>
    public required bool HasBtf { get; init; }

    /// <summary>CapEff of /proc/self/status, capabilities(7).</summary>
    public required ulong Capabilities { get; init; }

    /// <summary>/proc/sys/kernel/unprivileged_bpf_disabled; null when the kernel has no such setting.</summary>
    public int? UnprivilegedBpfDisabled { get; init; }

    /// <summary>/proc/sys/net/core/bpf_jit_enable; null when the kernel has no such setting or it cannot be read.</summary>
    public int? JitEnable { get; init; }

    /// <summary>Where a cgroup2 file system is mounted; null when none is.</summary>
    public string? CgroupMount { get; init; }

    /// <summary>Where a BPF file system is mounted; null when none is.</summary>
    public string? BpfMount { get; init; }

    /// <summary>Soft limit of locked memory in bytes; null when unlimited.</summary>
    public long? LockedMemory { get; init; }

    /// <summary>0, or the error number with which the kernel refused the smallest program; null when it was not asked.</summary>
    public int? LoadError { get; init; }

    /// <summary>Null when a built-in policy was compiled and the kernel's verifier accepted it; else the finding.</summary>
    public string? SampleFinding { get; init; }

    /// <summary>The qemu-system program for this architecture; null when there is none on the PATH.</summary>
    public string? Qemu { get; init; }
}
