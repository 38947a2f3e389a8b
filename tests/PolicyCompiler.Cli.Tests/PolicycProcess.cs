using System.Diagnostics;

namespace PolicyCompiler.Cli.Tests;

/// <summary>Runs the command line as users do: a process with arguments, streams and an exit code.</summary>
internal static class PolicycProcess
{
    public sealed record Result(int ExitCode, string Output, string Error);

    public static Result Run(params string[] arguments) => Run(arguments, standardInput: "");

    /// <summary>The same without any capability, as an ordinary user or a container has it: bpf(2) is not theirs.</summary>
    public static Result RunUnprivileged(params string[] arguments) =>
        Run("setpriv", ["--bounding-set=-all", "--inh-caps=-all", Executable, .. arguments], standardInput: "", null);

    public static Result Run(string[] arguments, string standardInput, string? workingDirectory = null, bool onGitHub = false) =>
        Run(Executable, arguments, standardInput, workingDirectory, onGitHub);

    private static string Executable => Path.Combine(AppContext.BaseDirectory, "policyc");

    private static Result Run(string file, string[] arguments, string standardInput, string? workingDirectory, bool onGitHub = false)
    {
        var start = new ProcessStartInfo(file, arguments)
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
