namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>What a test that needs namespaces and BPF calls first; skips with the reason as other kernel tests do.</summary>
internal static class NetworkRequirement
{
    public static void Require()
    {
        KernelRequirement.Require();
        try
        {
            using var network = new NetworkNamespace();
            network.Ip("link add probe0 type veth peer name probe1");
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            var missing = $"network namespaces with veth pairs are not available: {error.Message}";
            Assert.False(Environment.GetEnvironmentVariable("POLICYC_REQUIRE_KERNEL") is { Length: > 0 }, missing);
            Assert.Skip(missing);
        }
    }
}
