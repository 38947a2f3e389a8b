using System.Diagnostics;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Cli.Tests;

/// <summary>Stages are shown on a terminal, which util-linux' <c>script</c> provides, and nowhere else.</summary>
public sealed class StageLineTests
{
    [Fact]
    public void ATerminalShowsTheStagesAndLosesThem()
    {
        var screen = OnATerminal(("TERM", "xterm"), ("CI", ""));
        Assert.Contains("\r\u001b[Kgenerating programs, 13 of 13 ...", screen, StringComparison.Ordinal);

        // What stays after the last stage begins on an erased line.
        Assert.Matches("\\.\\.\\.\r\u001b\\[K[^\r\n]*NP5020", screen);
    }

    [Theory]
    [InlineData("xterm", "true")]
    [InlineData("dumb", "")]
    public void NotInCiNorWhereLinesCannotBeErased(string terminal, string ci) =>
        Assert.DoesNotContain("generating programs", OnATerminal(("TERM", terminal), ("CI", ci)), StringComparison.Ordinal);

    [Fact]
    public void APipeGetsNothing()
    {
        var result = PolicycProcess.Run("compile", Repository.CasePath("online-boutique"), "--verify", "none");
        Assert.DoesNotContain("generating", result.Error + result.Output, StringComparison.Ordinal);
    }

    private static string OnATerminal(params (string Name, string Value)[] variables)
    {
        var command = $"{Path.Combine(AppContext.BaseDirectory, "policyc")} compile {Repository.CasePath("online-boutique")} --verify none";
        var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process.StandardOutput.ReadToEnd();
    }
}
