using PolicyCompiler.Core.Bpf;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>The full verifier logs of rejected objects, in a file that outlives the run.</summary>
public static class VerifierLogFile
{
    /// <param name="report">The report; nothing is written when no object was rejected.</param>
    /// <param name="bundleDirectory">Where the bundle would have gone; the log lies beside it, or in the temporary folder.</param>
    /// <returns>The file's path, or null when there is none.</returns>
    public static string? Write(VerificationReport report, string? bundleDirectory)
    {
        var rejected = report.Objects.Where(o => o.Outcome == VerificationOutcome.Rejected).ToList();
        if (rejected.Count == 0)
        {
            return null;
        }

        var path = bundleDirectory is null
            ? Path.Combine(Path.GetTempPath(), $"policyc-{Environment.ProcessId}.verifier.log")
            : Path.TrimEndingDirectorySeparator(bundleDirectory) + ".verifier.log";
        try
        {
            File.WriteAllText(path, string.Concat(rejected.Select(o => $"# {o.ObjectName} (sha256 {o.Sha256}), Linux {report.Kernel}\n{o.Log}\n")));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The finding with the decisive line stands without it, and -v prints the whole log.
            return null;
        }
    }
}
