using System.Diagnostics;

namespace PolicyCompiler.MSBuild.Tests;

/// <summary>A program with arguments, output and an exit code, in an environment that does not depend on who runs the tests.</summary>
internal static class CommandProcess
{
    public sealed record Result(int ExitCode, string Output)
    {
        public bool Has(string text) => Output.Contains(text, StringComparison.Ordinal);
    }

    public static Result Run(string directory, string file, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        foreach (var name in new[] { "CI", "TF_BUILD", "ContinuousIntegrationBuild" })
        {
            start.Environment.Remove(name);
        }

        // A server or node that outlives its build would keep the pipes open, and its privileges for the next build.
        (string, string)[] fixedEnvironment =
        [
            ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), ("DOTNET_NOLOGO", "1"),
            ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "1"), ("MSBUILDTERMINALLOGGER", "off"),
        ];
        foreach (var (name, value) in fixedEnvironment.Concat(environment))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(15)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{file} {string.Join(' ', arguments)} did not end: {output.Result}");
        }

        return new Result(process.ExitCode, output.Result + error.Result);
    }

    public static Result Succeed(string directory, string file, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var result = Run(directory, file, arguments, environment);
        Assert.True(result.ExitCode == 0, $"{file} {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Output}");
        return result;
    }
}
