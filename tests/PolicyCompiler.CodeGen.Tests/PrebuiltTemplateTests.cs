using System.Diagnostics;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.CodeGen.Tests;

/// <summary>The bitcode that is checked in is what its sources give, wherever the checkout lies.</summary>
public sealed class PrebuiltTemplateTests
{
    private static readonly string Templates = Path.Combine(Repository.Root, "bpf-templates");

    [Fact]
    public void RebuildingTheTemplateGivesTheSameBytes()
    {
        var version = Run("clang-19", ["--version"], Templates)?.Split('\n')[0];
        if (version is null)
        {
            Assert.Skip("clang-19 is not installed; ./test installs it");
        }

        var stated = File.ReadAllText(Path.Combine(Templates, "prebuilt", "README.md"));
        if (!stated.Contains(version, StringComparison.Ordinal))
        {
            Assert.Skip($"the bitcode was built by another compiler than {version}");
        }

        // A copy elsewhere, so that a path of the checkout in the bytes would show.
        var copy = Directory.CreateTempSubdirectory("policyc-test-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Templates, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy, Path.GetRelativePath(Templates, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            File.Delete(Path.Combine(copy, "prebuilt", "policy.bc"));
            Assert.NotNull(Run("sh", ["build.sh"], copy));
            Assert.Equal(File.ReadAllBytes(Path.Combine(Templates, "prebuilt", "policy.bc")), File.ReadAllBytes(Path.Combine(copy, "prebuilt", "policy.bc")));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Standard output; null when the program is missing or fails.</summary>
    private static string? Run(string program, string[] arguments, string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
