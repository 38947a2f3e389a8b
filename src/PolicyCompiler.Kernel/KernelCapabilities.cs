using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel;

/// <summary>
/// What this machine and process can do. Asked before anything is loaded, because libbpf's own words for a missing
/// privilege name the wrong cause (memory limits, kernel configuration).
/// </summary>
public sealed record KernelCapabilities
{
    private const int CapNetAdmin = 12;
    private const int CapSysAdmin = 21;
    private const int CapBpf = 39;
    private const int NoSuchSystemCall = 38;
    private const uint ArrayMap = 2;
    private const uint SchedulerClassifier = 3;

    /// <summary><c>uname -r</c>.</summary>
    public required string KernelRelease { get; init; }

    /// <summary><c>major.minor</c>; empty when libbpf is not installed.</summary>
    public required string LibbpfVersion { get; init; }

    /// <summary>CapEff of /proc/self/status, capabilities(7).</summary>
    public required ulong EffectiveCapabilities { get; init; }

    /// <summary>0, or the error number with which bpf(2) refused to create a small map.</summary>
    public required int BpfError { get; init; }

    public bool CanLoad => Missing is null;

    /// <summary>Null when programs can be loaded; otherwise what is missing and how to get it.</summary>
    public Diagnostic? Missing
    {
        get
        {
            if (LibbpfVersion.Length == 0)
            {
                return KernelDiagnostics.LibbpfMissing.At(SourceSpan.None);
            }

            string[] lacking = [.. LackingCapabilities()];
            if (lacking.Length > 0)
            {
                return KernelDiagnostics.CapabilityMissing.At(
                    SourceSpan.None, string.Join(" and ", lacking), string.Join(',', lacking).ToLowerInvariant());
            }

            return BpfError == 0 ? null : KernelDiagnostics.KernelRefusesBpf.At(
                SourceSpan.None,
                KernelRelease,
                KernelException.Describe(BpfError),
                BpfError == NoSuchSystemCall
                    ? "use a kernel with CONFIG_BPF_SYSCALL"
                    : "a container's seccomp filter, a user namespace or kernel lockdown may forbid it: run on the host");
        }
    }

    public static KernelCapabilities Read()
    {
        var present = LibBpf.IsPresent();
        return new KernelCapabilities
        {
            KernelRelease = ReadText("/proc/sys/kernel/osrelease").Trim(),
            LibbpfVersion = present
                ? string.Create(CultureInfo.InvariantCulture, $"{LibBpf.libbpf_major_version()}.{LibBpf.libbpf_minor_version()}")
                : "",
            EffectiveCapabilities = ParseEffectiveCapabilities(ReadText("/proc/self/status")),
            BpfError = present ? Probe() : 0,
        };
    }

    /// <summary>
    /// Has the verifier judge the smallest tc program, <c>return 0</c>, which is not attached: the only proof that loading works.
    /// </summary>
    /// <returns>0, or the error number; libbpf must be present.</returns>
    public static unsafe int TryLoad()
    {
        // linux/bpf.h, struct bpf_insn: opcode, registers, offset, immediate. BPF_ALU64|BPF_MOV|BPF_K; BPF_JMP|BPF_EXIT.
        var instructions = stackalloc ulong[] { 0xb7, 0x95 };
        return Close(LibBpf.bpf_prog_load(SchedulerClassifier, "policyc_probe", "GPL", instructions, 2, 0));
    }

    /// <summary>The CapEff line of a /proc/PID/status text; 0 when there is none.</summary>
    public static ulong ParseEffectiveCapabilities(string status)
    {
        foreach (var line in status.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("CapEff:", StringComparison.Ordinal)
                && ulong.TryParse(line["CapEff:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }
        }

        return 0;
    }

    private IEnumerable<string> LackingCapabilities()
    {
        if (Has(CapSysAdmin))
        {
            yield break;
        }

        if (!Has(CapBpf))
        {
            yield return "CAP_BPF";
        }

        if (!Has(CapNetAdmin))
        {
            yield return "CAP_NET_ADMIN";
        }
    }

    private bool Has(int capability) => (EffectiveCapabilities >> capability & 1) != 0;

    private static int Probe() => Close(LibBpf.bpf_map_create(ArrayMap, null, sizeof(uint), sizeof(uint), 1, 0));

    private static int Close(int fd)
    {
        if (fd < 0)
        {
            return -fd;
        }

        new Microsoft.Win32.SafeHandles.SafeFileHandle(fd, ownsHandle: true).Dispose();
        return 0;
    }

    private static string ReadText(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
