using System.Diagnostics;
using System.Text.Json;
using PolicyCompiler.Cli.Doctor;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

public sealed class DoctorTests
{
    private static readonly MachineFacts Sound = new()
    {
        Runtime = "10.0.1",
        Platform = "linux-x64",
        LlvmVersion = "19.1.7",
        LibbpfVersion = "1.1",
        KernelRelease = "6.1.0-18-cloud-amd64",
        HasBtf = true,
        Capabilities = ulong.MaxValue,
        UnprivilegedBpfDisabled = 2,
        JitEnable = 1,
        CgroupMount = "/sys/fs/cgroup",
        BpfMount = "/sys/fs/bpf",
        LoadError = 0,
        Qemu = "/usr/bin/qemu-system-x86_64",
    };

    [Fact]
    public void ASoundMachineIsGoodAtEverything()
    {
        var checks = MachineChecks.Judge(Sound);
        Assert.All(checks, c => Assert.Equal((CheckStatus.Good, ""), (c.Status, c.Remedy)));
        Assert.Equal(Ability.Compile | Ability.Verify | Ability.Attach, MachineChecks.Abilities(checks));
    }

    public static TheoryData<string, string, string> Flaws => new()
    {
        { "libLLVM", "Missing", "apt-get install libllvm19" },
        { "libbpf", "Missing", "apt-get install libbpf1" },
        { "old libbpf", "Missing", "install libbpf 1.0 or newer" },
        { "kernel", "Missing", "use Linux 5.12 or newer" },
        { "CAP_BPF", "Missing", "setcap cap_bpf+ep" },
        { "CAP_NET_ADMIN", "Missing", "setcap cap_net_admin+ep" },
        { "CAP_PERFMON", "Limited", "only tracing" },
        { "loading", "Missing", "seccomp" },
        { "sample policy", "Missing", "a bug of policyc" },
        { "locked memory", "Missing", "ulimit -l unlimited" },
        { "JIT", "Limited", "sysctl net.core.bpf_jit_enable=1" },
        { "unprivileged BPF", "Limited", "sysctl kernel.unprivileged_bpf_disabled=2" },
        { "kernel BTF", "Limited", "CONFIG_DEBUG_INFO_BTF" },
        { "cgroup2", "Limited", "mount -t cgroup2" },
        { "bpffs", "Limited", "mount -t bpf bpf /sys/fs/bpf" },
        { "qemu", "Limited", "apt-get install qemu-system-x86" },
    };

    [Theory]
    [MemberData(nameof(Flaws))]
    public void EachFlawIsNamedWithItsRemedy(string flaw, string status, string remedy)
    {
        var facts = flaw switch
        {
            "libLLVM" => Sound with { LlvmVersion = "" },
            "libbpf" => Sound with { LibbpfVersion = "" },
            "old libbpf" => Sound with { LibbpfVersion = "0.8" },
            "kernel" => Sound with { KernelRelease = "5.11.22" },
            "CAP_BPF" => Sound with { Capabilities = ~(1UL << 39 | 1UL << 21) },
            "CAP_NET_ADMIN" => Sound with { Capabilities = ~(1UL << 12 | 1UL << 21) },
            "CAP_PERFMON" => Sound with { Capabilities = ~(1UL << 38 | 1UL << 21) },
            "loading" => Sound with { LoadError = 1 },
            "sample policy" => Sound with { SampleFinding = "NP5010: rejected" },
            "locked memory" => Sound with { KernelRelease = "5.10.0", LockedMemory = 65536 },
            "JIT" => Sound with { JitEnable = 0 },
            "unprivileged BPF" => Sound with { UnprivilegedBpfDisabled = 0 },
            "kernel BTF" => Sound with { HasBtf = false },
            "cgroup2" => Sound with { CgroupMount = null },
            "bpffs" => Sound with { BpfMount = null },
            _ => Sound with { Qemu = null },
        };
        var check = Assert.Single(MachineChecks.Judge(facts), c => c.Name == flaw.Replace("old ", "", StringComparison.Ordinal));
        Assert.Equal(status, check.Status.ToString());
        Assert.Contains(remedy, check.Remedy, StringComparison.Ordinal);
        Assert.Equal(check.Status == CheckStatus.Missing ? "NP5022" : "NP5023", check.Finding!.Code);
    }

    [Fact]
    public void SysAdminStandsForTheOthers() =>
        Assert.Equal(CheckStatus.Good, MachineChecks.Judge(Sound with { Capabilities = 1UL << 21 }).Single(c => c.Name == "CAP_BPF").Status);

    [Fact]
    public void WithoutLibbpfNothingIsClaimedOfLoading() => Assert.Equal(
        ("not tried without libbpf", CheckStatus.Missing),
        MachineChecks.Judge(Sound with { LibbpfVersion = "", LoadError = null }).Where(c => c.Name == "loading").Select(c => (c.Found, c.Status)).Single());

    [Fact]
    public void FactsAreReadFromTheFilesOfAMachine()
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in new[]
        {
            ("proc/sys/kernel/osrelease", "5.10.0-28-amd64\n"),
            ("proc/sys/kernel/unprivileged_bpf_disabled", "0\n"),
            ("proc/sys/net/core/bpf_jit_enable", "1\n"),
            ("proc/self/status", "Name:\tx\nCapEff:\t0000008000001000\n"),
            ("proc/self/limits", "Limit                     Soft Limit           Hard Limit           Units     \nMax locked memory         65536                unlimited            bytes     \n"),
            ("proc/self/mountinfo", "24 1 0:22 / /proc rw - proc proc rw\n30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw\n31 24 0:27 / /run/bpf rw - bpf none rw\n"),
            ("sys/kernel/btf/vmlinux", ""),
            ("opt/bin/qemu-system-x86_64", ""),
            ("opt/bin/qemu-system-aarch64", ""),
        })
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, Path.GetDirectoryName(path)!));
            folder.File(path, text);
        }

        var facts = MachineProbe.ReadFiles(new MachineFiles(folder.Path), "/usr/bin:/opt/bin");
        Assert.Equal(
            ("5.10.0-28-amd64", 0, 1, 1UL << 39 | 1UL << 12, 65536L, "/sys/fs/cgroup", "/run/bpf", true),
            (facts.KernelRelease, facts.UnprivilegedBpfDisabled, facts.JitEnable, facts.Capabilities, facts.LockedMemory, facts.CgroupMount, facts.BpfMount, facts.HasBtf));
        Assert.StartsWith("/opt/bin/qemu-system-", facts.Qemu, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyMachineLacksThings()
    {
        using var folder = new TemporaryFolder();
        var facts = MachineProbe.ReadFiles(new MachineFiles(folder.Path), "");
        Assert.Equal(("", 0UL, null, null, null), (facts.KernelRelease, facts.Capabilities, facts.BpfMount, facts.Qemu, facts.JitEnable));
        Assert.Equal(Ability.None, MachineChecks.Abilities(MachineChecks.Judge(facts)));
    }

    [Fact]
    public void ThisMachineCanCompileAndVerify()
    {
        KernelRequirement.Require();
        var result = PolicycProcess.Run("doctor");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("  ✓ sample policy     compiled, and accepted by the verifier\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nthis machine can compile and verify\n", result.Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse(PolicycProcess.Run("doctor", "--format", "json").Output).RootElement;
        Assert.True(json.GetProperty("compile").GetBoolean() && json.GetProperty("verify").GetBoolean());
        var llvm = json.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "libLLVM");
        Assert.Matches("^19[.].* [(]/.*/libLLVM.*[)]$", llvm.GetProperty("found").GetString());
    }

    [Fact]
    public void WithoutCapabilitiesItCannotVerifyAndSaysWhy()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can drop capabilities");
        var policyc = Path.Combine(AppContext.BaseDirectory, "policyc");
        using var process = Process.Start(new ProcessStartInfo(
            "setpriv", ["--bounding-set=-bpf,-net_admin,-sys_admin,-perfmon", "--inh-caps=-all", policyc, "doctor", "--format", "json"])
        {
            RedirectStandardOutput = true,
        })!;
        var json = JsonDocument.Parse(process.StandardOutput.ReadToEnd()).RootElement;
        process.WaitForExit();
        Assert.Equal((3, 3), (process.ExitCode, json.GetProperty("exitCode").GetInt32()));
        Assert.Equal((true, false), (json.GetProperty("compile").GetBoolean(), json.GetProperty("verify").GetBoolean()));
        var missing = json.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("status").GetString() == "missing").Select(c => c.GetProperty("name").GetString());
        Assert.Equal(["CAP_BPF", "CAP_NET_ADMIN", "loading", "sample policy"], missing);
        Assert.Contains(json.GetProperty("diagnostics").EnumerateArray(), d => d.GetProperty("code").GetString() == "NP5022");
    }
}
