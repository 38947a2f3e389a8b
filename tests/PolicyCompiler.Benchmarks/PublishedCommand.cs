using System.Diagnostics;

namespace PolicyCompiler.Benchmarks;

/// <summary>The command line as ./policyc publishes it.</summary>
internal static class PublishedCommand
{
    /// <summary>Builds it if its sources changed.</summary>
    /// <returns>Path of the executable, to start it without the wrapper script.</returns>
    /// <exception cref="InvalidOperationException">The build failed.</exception>
    public static string Build()
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "policyc"), ["--version"]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Path.Combine(Repository.Root, "artifacts", "policyc", "policyc")
            : throw new InvalidOperationException($"./policyc --version: exit code {process.ExitCode}");
    }
}
