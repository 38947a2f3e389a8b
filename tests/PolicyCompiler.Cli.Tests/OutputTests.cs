using System.Diagnostics;
using System.Runtime.Versioning;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

/// <summary>Where output goes: devices, pipes, full and closed streams.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutputTests
{
    private static readonly string Policyc = Path.Combine(AppContext.BaseDirectory, "policyc");

    private static readonly string Policies = Repository.CasePath("default-deny-both");

    /// <summary>A device is what it was, even for root, whose rename would replace it.</summary>
    [Theory]
    [InlineData("connectivity POLICIES -o FILE")]
    [InlineData("diff POLICIES POLICIES -o FILE")]
    [InlineData("connectivity POLICIES --sarif FILE --code-quality FILE")]
    public void ADeviceStaysADevice(string command)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "null");
        Assert.SkipUnless(Shell($"mknod {file} c 1 3 2>/dev/null && : > {file}").ExitCode == 0, "device nodes cannot be made here");
        var result = Shell($"{Policyc} {command.Replace("POLICIES", Policies, StringComparison.Ordinal).Replace("FILE", file, StringComparison.Ordinal)}; test -c {file}");
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public void APipeIsWrittenTo()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "pipe");
        var result = Shell($"mkfifo {file}; cat {file} > {folder.Path}/copy & {Policyc} connectivity {Policies} -o {file} && wait && test -p {file} && grep -q connection {folder.Path}/copy");
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public void AFileKeepsItsMode()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("old", "old");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, PolicycProcess.Run("connectivity", Policies, "-o", file).ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("connectivity POLICIES")]
    [InlineData("connectivity POLICIES --format json")]
    [InlineData("connectivity POLICIES --format sarif")]
    [InlineData("explain POLICIES --from world --to world --port 1 --format json")]
    [InlineData("compile POLICIES --verify none")]
    [InlineData("compile no-such-file --format json")]
    [InlineData("compile --no-such-option --format json")]
    public void AFullOutputIsAnErrorAndNoBug(string command)
    {
        var result = Shell($"{Policyc} {command.Replace("POLICIES", Policies, StringComparison.Ordinal)} > /dev/full");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("policyc: error NP0042: 'standard output' cannot be written: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("NP9001", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FindingsThatNobodyIsShownAreInTheExitCode() => Assert.Equal(1, Shell($"{Policyc} compile no-such-file 2> /dev/full").ExitCode);

    [Fact]
    public void AReaderThatHasSeenEnoughIsNoError() =>
        Assert.DoesNotContain("NP", Shell($"{Policyc} connectivity {Repository.CasePath("online-boutique")} --format json | head -1 > /dev/null").Error, StringComparison.Ordinal);

    private static PolicycProcess.Result Shell(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "policyc did not end");
        return new PolicycProcess.Result(process.ExitCode, output.Result, error);
    }
}
