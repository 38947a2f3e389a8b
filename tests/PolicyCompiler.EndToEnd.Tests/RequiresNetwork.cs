using PolicyCompiler.Kernel;

namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>What a test that needs namespaces and BPF calls first.</summary>
internal static class RequiresNetwork
{
    /// <summary>Skips, with the reason, where something is missing; fails there when POLICYC_REQUIRE_KERNEL=1.</summary>
    public static void Check()
    {
        if (Missing() is not { } missing)
        {
            return;
        }

        Assert.False(
            string.Equals(Environment.GetEnvironmentVariable("POLICYC_REQUIRE_KERNEL"), "1", StringComparison.Ordinal), missing);
        Assert.Skip(missing);
    }

    private static string? Missing()
    {
        if (KernelCapabilities.Read().Missing is { } missing)
        {
            return missing.Message;
        }

        try
        {
            using var network = new NetworkNamespace();
            network.Ip("link add probe0 type veth peer name probe1");
            return null;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"network namespaces with veth pairs are not available: {error.Message}";
        }
    }
}
