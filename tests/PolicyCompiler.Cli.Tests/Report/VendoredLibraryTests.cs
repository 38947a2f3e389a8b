using System.Diagnostics;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests.Report;

/// <summary>The graph library in the repository is the one of the package, byte by byte.</summary>
public sealed class VendoredLibraryTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "PolicyCompiler.Cli", "Report", "Vendor", "cytoscape");

    [Fact]
    public void TheLibraryIsThatOfThePinnedPackage()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, error) = Run(Path.Combine(Folder, "vendor"), folder.Path);
        if (exitCode != 0)
        {
            Assert.Skip($"needs npm and its registry: {error.Trim()}");
        }

        foreach (var name in new[] { "cytoscape.min.js", "LICENSE" })
        {
            Assert.True(File.ReadAllBytes(Path.Combine(folder.Path, name)).SequenceEqual(File.ReadAllBytes(Path.Combine(Folder, name))), $"{name} is not what the package has: run {Folder}/vendor");
        }
    }

    [Fact]
    public void TheLockPinsTheVersionByItsHash()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "package-lock.json"));
        Assert.Contains("\"integrity\": \"sha512-", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"resolved\"", text, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Error) Run(string program, string argument)
    {
        var start = new ProcessStartInfo(program, [argument]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill(entireProcessTree: true);
            return (1, "npm does not end");
        }

        return (process.ExitCode, error.Result);
    }
}
