namespace PolicyCompiler.Kernel.Tests;

public sealed class KernelCapabilitiesTests
{
    private const ulong NetAdmin = 1ul << 12;
    private const ulong SysAdmin = 1ul << 21;
    private const ulong Bpf = 1ul << 39;

    private static readonly KernelCapabilities Able = new()
    {
        KernelRelease = "6.18.0",
        LibbpfVersion = "1.1",
        EffectiveCapabilities = Bpf | NetAdmin,
        BpfError = 0,
    };

    [Fact]
    public void NothingMissing()
    {
        Assert.True(Able.CanLoad);
        Assert.True((Able with { EffectiveCapabilities = SysAdmin }).CanLoad);
    }

    [Theory]
    [InlineData(NetAdmin, "lacks CAP_BPF; run as root, or: setcap cap_bpf+ep")]
    [InlineData(Bpf, "lacks CAP_NET_ADMIN; run as root, or: setcap cap_net_admin+ep")]
    [InlineData(0, "lacks CAP_BPF and CAP_NET_ADMIN; run as root, or: setcap cap_bpf,cap_net_admin+ep")]
    public void MissingCapabilityIsNamed(ulong capabilities, string words)
    {
        // Without the capability the kernel refuses bpf(2) too: the capability is the cause to name.
        var missing = (Able with { EffectiveCapabilities = capabilities, BpfError = 1 }).Missing;

        Assert.Equal("NP5002", missing!.Code);
        Assert.Contains(words, missing.Message, StringComparison.Ordinal);
        Assert.True(KernelDiagnostics.IsEnvironment(missing));
    }

    [Fact]
    public void MissingLibraryIsNamedWithItsPackage()
    {
        var missing = (Able with { LibbpfVersion = "" }).Missing;

        Assert.Equal("NP5001", missing!.Code);
        Assert.Contains("apt-get install libbpf1", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(38, "CONFIG_BPF_SYSCALL")]
    [InlineData(1, "seccomp")]
    public void RefusingKernelIsNamed(int errno, string words)
    {
        var missing = (Able with { BpfError = errno }).Missing;

        Assert.Equal("NP5003", missing!.Code);
        Assert.Contains(words, missing.Message, StringComparison.Ordinal);
        Assert.Contains("6.18.0", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name:\tx\nCapPrm:\t0000000000000001\nCapEff:\t000001fffeffffff\n", 0x000001fffeffffffUL)]
    [InlineData("CapEff:\tnonsense\n", 0)]
    [InlineData("", 0)]
    public void EffectiveCapabilitiesAreRead(string status, ulong expected) =>
        Assert.Equal(expected, KernelCapabilities.ParseEffectiveCapabilities(status));

    [Fact]
    public void ThisMachineIsDescribed() => Assert.NotEmpty(KernelCapabilities.Read().KernelRelease);
}
