using System.Diagnostics;
using PolicyCompiler.Kernel.Emulation;

namespace PolicyCompiler.Kernel.Tests.Emulation;

/// <summary>The guest's loader that is checked in is what its source gives, wherever the checkout lies.</summary>
public sealed class PrebuiltLoaderTests
{
    private static readonly string Guest = Path.Combine(Repository.Root, "guest");

    [Fact]
    public void RebuildingTheLoaderGivesTheSameBytes()
    {
        var stated = File.ReadAllText(Path.Combine(Guest, "README.md"));
        foreach (var tool in new[] { "clang-19", "ld" })
        {
            if (Version(tool) is not { } version || !stated.Contains(version, StringComparison.Ordinal))
            {
                Assert.Skip($"the loader was built with another {tool}");
            }
        }

        var copy = Directory.CreateTempSubdirectory("policyc-test-").FullName;
        try
        {
            File.Copy(Path.Combine(Guest, "loader.c"), Path.Combine(copy, "loader.c"));
            File.Copy(Path.Combine(Guest, "build.sh"), Path.Combine(copy, "build.sh"));
            using var build = Process.Start("sh", [Path.Combine(copy, "build.sh"), Path.Combine(copy, "built")]);
            build.WaitForExit();
            Assert.Equal(0, build.ExitCode);
            Assert.Equal(File.ReadAllBytes(Path.Combine(Guest, "prebuilt", "loader")), File.ReadAllBytes(Path.Combine(copy, "built")));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public void ItNeedsLibbpfAndTheCLibrary() => Assert.Equal(
        ["libbpf.so.1", "libc.so.6"], SharedLibraries.Needed(File.ReadAllBytes(Path.Combine(Guest, "prebuilt", "loader"))).Order(StringComparer.Ordinal));

    private static string? Version(string tool)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, ["--version"]) { RedirectStandardOutput = true })!;
            var line = process.StandardOutput.ReadToEnd().Split('\n')[0];
            process.WaitForExit();
            return line;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
