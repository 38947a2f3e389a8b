using System.Diagnostics;
using System.Security.Cryptography;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.CodeGen.Tests;

/// <summary>Same plan, same bytes: bundles are compared by hash.</summary>
public sealed class DeterminismTests
{
    private const string AnswerFile = "POLICYC_TEST_HASHES";

    [Fact]
    public void RepeatedAndParallelCallsGiveTheSameBytes()
    {
        var expected = Hash("inline-mixed");
        var hashes = new string[4];
        Parallel.For(0, hashes.Length, i => hashes[i] = Hash("inline-mixed"));
        Assert.All(hashes, h => Assert.Equal(expected, h));
    }

    // The other process runs where the template's sources lie: LLVM would read texts that are not embedded from there.
    [Fact]
    public void AnotherProcessInAnotherDirectoryGivesTheSameBytes()
    {
        if (Environment.GetEnvironmentVariable(AnswerFile) is { Length: > 0 } answer)
        {
            Directory.SetCurrentDirectory(Path.Combine(Repository.Root, "bpf-templates"));
            File.WriteAllText(answer, Hashes());
            return;
        }

        var hashes = Hashes();
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            {
                start.ArgumentList.Add(typeof(DeterminismTests).Assembly.Location);
            }

            start.ArgumentList.Add("-method");
            start.ArgumentList.Add($"{typeof(DeterminismTests).FullName}.{nameof(AnotherProcessInAnotherDirectoryGivesTheSameBytes)}");
            start.Environment[AnswerFile] = file;
            using var other = Process.Start(start)!;
            other.StandardOutput.ReadToEnd();
            other.WaitForExit();
            Assert.Equal(hashes, File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Hashes() => $"{Hash("inline-mixed")} {Hash("table")}";

    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Plans.BuildAgain(name).Elf.AsSpan()));
}
