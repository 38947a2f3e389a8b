using System.Diagnostics;

namespace PolicyCompiler.Cli.Tests;

/// <summary>Runs the command line as users do: a process with arguments, streams and an exit code.</summary>
internal static class PolicycProcess
{
    public sealed record Result(int ExitCode, string Output, string Error);

    public static Result Run(params string[] arguments) => Run(arguments, standardInput: "");

    public static Result Run(string[] arguments, string standardInput, string? workingDirectory = null, bool onGitHub = false)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "policyc"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        // The tests may run there themselves.
        start.Environment["GITHUB_ACTIONS"] = onGitHub ? "true" : "";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(standardInput);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(120)), "policyc did not end");
        return new Result(process.ExitCode, output.Result, error.Result);
    }
}
