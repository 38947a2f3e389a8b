using System.Globalization;
using PolicyCompiler.Kernel;

namespace PolicyCompiler.Cli.Doctor;

/// <summary>Facts to judgements. What is named in a remedy is Debian's and Ubuntu's name of it.</summary>
internal static class MachineChecks
{
    // bpf-templates/README.md; since 5.11 maps are no longer counted as locked memory.
    private static readonly Version OldestKernel = new(5, 12);
    private static readonly Version OldestLibbpf = new(1, 0);
    private static readonly Version NoLockedMemory = new(5, 11);

    private const long EnoughLockedMemory = 256L << 20;
    private const int CapSysAdmin = 21;

    /// <summary>capabilities(7); CAP_SYS_ADMIN stands for all of them.</summary>
    private static readonly (string Name, int Bit, Ability Blocks)[] Capabilities =
    [
        ("CAP_BPF", 39, Ability.Verify | Ability.Attach),
        ("CAP_NET_ADMIN", 12, Ability.Verify | Ability.Attach),
        ("CAP_PERFMON", 38, Ability.None),
    ];

    public static IReadOnlyList<MachineCheck> Judge(MachineFacts facts) =>
    [
        MachineCheck.Good(".NET", $"{facts.Runtime} on {facts.Platform}"),
        Llvm(facts),
        Libbpf(facts),
        Kernel(facts),
        .. Capabilities.Select(c => Capability(facts, c.Name, c.Bit, c.Blocks)),
        Load(facts),
        SamplePolicy(facts),
        .. LockedMemory(facts),
        Jit(facts),
        .. Unprivileged(facts),
        facts.HasBtf
            ? MachineCheck.Good("kernel BTF", "/sys/kernel/btf/vmlinux")
            : MachineCheck.Bad("kernel BTF", "the kernel does not describe its types", "use a kernel with CONFIG_DEBUG_INFO_BTF; policyc's own programs do without, tools that trace them do not", Ability.None),
        facts.CgroupMount is { } cgroup
            ? MachineCheck.Good("cgroup2", cgroup)
            : MachineCheck.Bad("cgroup2", "not mounted", "mount -t cgroup2 none /sys/fs/cgroup; only hooks on cgroups need it", Ability.None),
        facts.BpfMount is { } bpf
            ? MachineCheck.Good("bpffs", bpf)
            : MachineCheck.Bad("bpffs", "not mounted", "mount -t bpf bpf /sys/fs/bpf; programs and maps outlive the process that loads them only there", Ability.Attach),
        facts.Qemu is { } qemu
            ? MachineCheck.Good("qemu", qemu)
            : MachineCheck.Bad("qemu", "not installed", "apt-get install qemu-system-x86; only for trying programs on other kernels", Ability.None),
    ];

    /// <summary>What nothing blocks.</summary>
    public static Ability Abilities(IEnumerable<MachineCheck> checks) =>
        checks.Aggregate(Ability.Compile | Ability.Verify | Ability.Attach, (abilities, check) => abilities & ~check.Blocks);

    private static MachineCheck Llvm(MachineFacts facts) => facts.LlvmVersion.Length > 0
        ? MachineCheck.Good("libLLVM", Found(facts.LlvmVersion, facts.LlvmPath))
        : MachineCheck.Bad("libLLVM", "libLLVM.so.19.1 is not installed", "apt-get install libllvm19", Ability.Compile);

    private static MachineCheck Libbpf(MachineFacts facts) =>
        facts.LibbpfVersion.Length == 0
            ? MachineCheck.Bad("libbpf", "libbpf.so.1 is not installed", "apt-get install libbpf1", Ability.Verify | Ability.Attach)
        : IsAtLeast(facts.LibbpfVersion, OldestLibbpf)
            ? MachineCheck.Good("libbpf", Found(facts.LibbpfVersion, facts.LibbpfPath))
        : MachineCheck.Bad("libbpf", $"{facts.LibbpfVersion} is too old", $"install libbpf {OldestLibbpf} or newer", Ability.Verify | Ability.Attach);

    private static MachineCheck Kernel(MachineFacts facts) => IsAtLeast(facts.KernelRelease, OldestKernel)
        ? MachineCheck.Good("kernel", facts.KernelRelease)
        : MachineCheck.Bad("kernel", facts.KernelRelease.Length == 0 ? "unknown" : $"{facts.KernelRelease} is too old", $"use Linux {OldestKernel} or newer", Ability.Verify | Ability.Attach);

    private static MachineCheck Capability(MachineFacts facts, string name, int bit, Ability blocks) =>
        Has(facts, bit) ? MachineCheck.Good(name, "effective")
        : Has(facts, CapSysAdmin) ? MachineCheck.Good(name, "CAP_SYS_ADMIN stands for it")
        : blocks == Ability.None
            ? MachineCheck.Bad(name, "missing", $"run as root, or: setcap {name.ToLowerInvariant()}+ep on the executable; only tracing needs it", blocks)
        : MachineCheck.Bad(name, "missing", $"run as root, or: setcap {name.ToLowerInvariant()}+ep on the executable; in a container: --cap-add {name["CAP_".Length..]}", blocks);

    private static MachineCheck Load(MachineFacts facts) => facts.LoadError switch
    {
        0 => MachineCheck.Good("loading", "the verifier accepted the smallest program"),
        null => MachineCheck.Bad("loading", "not tried without libbpf", "see above", Ability.Verify | Ability.Attach),
        { } error => MachineCheck.Bad(
            "loading", $"the kernel refused the smallest program: {KernelException.Describe(error)}",
            "get the capabilities above; if they are there, a container's seccomp filter, a user namespace or kernel lockdown forbids it: run on the host", Ability.Verify | Ability.Attach),
    };

    private static MachineCheck SamplePolicy(MachineFacts facts) => facts.SampleFinding is not { } finding
        ? MachineCheck.Good("sample policy", "compiled, and accepted by the verifier")
        : MachineCheck.Bad("sample policy", finding, "see above; if nothing is wrong there, this is a bug of policyc, please report it", Ability.Verify);

    private static IEnumerable<MachineCheck> LockedMemory(MachineFacts facts)
    {
        if (IsAtLeast(facts.KernelRelease, NoLockedMemory))
        {
            yield break;
        }

        yield return facts.LockedMemory is null or >= EnoughLockedMemory
            ? MachineCheck.Good("locked memory", facts.LockedMemory is null ? "unlimited" : Bytes(facts.LockedMemory.Value))
            : MachineCheck.Bad("locked memory", $"limited to {Bytes(facts.LockedMemory.Value)}", "ulimit -l unlimited: kernels before 5.11 count maps as locked memory", Ability.Verify | Ability.Attach);
    }

    private static MachineCheck Jit(MachineFacts facts) => facts.JitEnable switch
    {
        0 => MachineCheck.Bad("JIT", "off: programs are interpreted", "sysctl net.core.bpf_jit_enable=1", Ability.None),
        null => MachineCheck.Bad("JIT", "unknown: net.core.bpf_jit_enable cannot be read", "look as root on the host; without it programs are interpreted", Ability.None),
        _ => MachineCheck.Good("JIT", "on"),
    };

    private static IEnumerable<MachineCheck> Unprivileged(MachineFacts facts) => facts.UnprivilegedBpfDisabled switch
    {
        null => [],
        0 => [MachineCheck.Bad("unprivileged BPF", "allowed to everyone", "sysctl kernel.unprivileged_bpf_disabled=2: it is a way to attack the kernel, and policyc does not need it", Ability.None)],
        { } value => [MachineCheck.Good("unprivileged BPF", value == 1 ? "off until the next boot" : "off")],
    };

    private static bool Has(MachineFacts facts, int capability) => (facts.Capabilities >> capability & 1) != 0;

    private static string Found(string version, string path) => path.Length == 0 ? version : $"{version} ({path})";

    private static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");

    /// <summary>Reads major and minor of a release such as 6.1.0-18-cloud-amd64.</summary>
    private static bool IsAtLeast(string release, Version wanted)
    {
        var parts = release.Split('.', '-', '+');
        return parts.Length >= 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var minor)
            && new Version(major, minor) >= wanted;
    }
}
