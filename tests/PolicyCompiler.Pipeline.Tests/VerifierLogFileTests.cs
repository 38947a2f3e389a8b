using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Pipeline.Bundles;

namespace PolicyCompiler.Pipeline.Tests;

public sealed class VerifierLogFileTests
{
    [Fact]
    public void TheLogOfARejectionLiesBesideTheBundle()
    {
        var folder = Directory.CreateTempSubdirectory("policyc-test-").FullName;
        try
        {
            var report = new VerificationReport(VerificationOutcome.Rejected, "", "6.18.0", [
                new ObjectVerification("policy-000", "00ff", VerificationOutcome.Accepted, [], ""),
                new ObjectVerification("policy-001", "ff00", VerificationOutcome.Rejected, [], "R1 invalid mem access"),
            ]);
            var path = VerifierLogFile.Write(report, Path.Combine(folder, "out") + "/");
            Assert.Equal(Path.Combine(folder, "out.verifier.log"), path);
            Assert.Equal("# policy-001 (sha256 ff00), Linux 6.18.0\nR1 invalid mem access\n", File.ReadAllText(path!));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void WithoutARejectionThereIsNone() => Assert.Null(VerifierLogFile.Write(VerificationReport.NotRun("not asked for"), null));
}
