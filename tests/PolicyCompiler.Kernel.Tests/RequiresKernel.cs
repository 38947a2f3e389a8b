namespace PolicyCompiler.Kernel.Tests;

/// <summary>What a test that needs the kernel calls first.</summary>
internal static class RequiresKernel
{
    /// <summary>Skips, with the reason, where programs cannot be loaded; fails there when POLICYC_REQUIRE_KERNEL=1.</summary>
    public static void Check()
    {
        if (KernelCapabilities.Read().Missing is not { } missing)
        {
            return;
        }

        Assert.False(
            string.Equals(Environment.GetEnvironmentVariable("POLICYC_REQUIRE_KERNEL"), "1", StringComparison.Ordinal), missing.Message);
        Assert.Skip(missing.Message);
    }
}
