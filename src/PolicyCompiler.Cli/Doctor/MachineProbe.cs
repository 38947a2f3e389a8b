using System.Runtime.InteropServices;
using System.Text;
using PolicyCompiler.Cli.Commands;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline;

namespace PolicyCompiler.Cli.Doctor;

/// <summary>Reads the facts of the machine this runs on.</summary>
internal static class MachineProbe
{
    // Both directions, a port and an address block: tables, programs and all maps come into being.
    private const string Sample = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: sample}
        spec:
          podSelector: {}
          ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]
          egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: sample}
        status: {podIP: 198.51.100.1, phase: Running}
        """;

    public static MachineFacts Read()
    {
        var capabilities = KernelCapabilities.Read();
        var llvm = CompilerHost.CodeGenerator.Version;
        var facts = ReadFiles(new MachineFiles("/"), Environment.GetEnvironmentVariable("PATH") ?? "") with
        {
            LlvmVersion = llvm.Split(' ') is ["LLVM", var version] ? version : "",
            LibbpfVersion = capabilities.LibbpfVersion,
            LoadError = capabilities.LibbpfVersion.Length > 0 ? KernelCapabilities.TryLoad() : null,
            SampleFinding = CompileSample(),
        };

        // Mapped by now.
        var files = new MachineFiles("/");
        return facts with { LlvmPath = files.MappedLibrary("libLLVM"), LibbpfPath = files.MappedLibrary("libbpf") };
    }

    /// <summary>The part of the facts that is in files.</summary>
    public static MachineFacts ReadFiles(MachineFiles files, string path) => new()
    {
        Runtime = Environment.Version.ToString(),
        Platform = RuntimeInformation.RuntimeIdentifier,
        LlvmVersion = "",
        LibbpfVersion = "",
        KernelRelease = files.Text("/proc/sys/kernel/osrelease").Trim(),
        HasBtf = files.Exists("/sys/kernel/btf/vmlinux"),
        Capabilities = KernelCapabilities.ParseEffectiveCapabilities(files.Text("/proc/self/status")),
        UnprivilegedBpfDisabled = files.Number("/proc/sys/kernel/unprivileged_bpf_disabled"),
        JitEnable = files.Number("/proc/sys/net/core/bpf_jit_enable"),
        CgroupMount = files.MountOf("cgroup2"),
        BpfMount = files.MountOf("bpf"),
        LockedMemory = files.LockedMemory(),
        Qemu = FindQemu(files, path),
    };

    private static string? FindQemu(MachineFiles files, string path)
    {
        var name = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "qemu-system-aarch64" : "qemu-system-x86_64";
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Join(folder, name)).FirstOrDefault(files.Exists);
    }

    private static string? CompileSample()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(Sample));
        var compilation = CompilerHost.Compile(new CompileRequest(["-"], new GraphOptions(), CompileStage.Verification), input);
        return compilation.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error ? $"{error.Code}: {error.Message}" : null;
    }
}
