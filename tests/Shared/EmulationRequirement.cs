using PolicyCompiler.Kernel.Emulation;
using Xunit;

namespace PolicyCompiler.Tests.Shared;

/// <summary>Tests that boot kernels are skipped with the reason where they cannot; with POLICYC_REQUIRE_KERNEL set a skip is a failure.</summary>
internal static class EmulationRequirement
{
    private static readonly Lock Fetching = new();

    /// <summary>Path of Debian's kernel image of a version.</summary>
    public static string Image(string version)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, "qemu-system-x86_64"))))
        {
            Lack("qemu-system-x86_64 is not installed; ./test installs it");
        }

        lock (Fetching)
        {
            var image = new DebianKernels(DebianKernels.DefaultCache).Get(version);
            if (image.Value is null)
            {
                Lack(image.Diagnostics[0].Message);
            }

            return image.Value!;
        }
    }

    private static void Lack(string reason)
    {
        if (Environment.GetEnvironmentVariable("POLICYC_REQUIRE_KERNEL") is { Length: > 0 })
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }
}
