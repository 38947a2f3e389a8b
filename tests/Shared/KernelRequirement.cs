using PolicyCompiler.Kernel;
using Xunit;

namespace PolicyCompiler.Tests.Shared;

/// <summary>Kernel tests run for real, or are skipped with the reason; with POLICYC_REQUIRE_KERNEL set a skip is a failure.</summary>
internal static class KernelRequirement
{
    public static void Require()
    {
        if (KernelCapabilities.Read().Missing is not { } missing)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("POLICYC_REQUIRE_KERNEL") is { Length: > 0 })
        {
            Assert.Fail(missing.Message);
        }

        Assert.Skip(missing.Message);
    }
}
