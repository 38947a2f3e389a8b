using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace PolicyCompiler.Pipeline.Git;

/// <summary>Runs git in a directory. It only reads: no checkout, no lock, no pager.</summary>
internal static class GitProcess
{
    /// <param name="Succeeded">It ended with 0.</param>
    /// <param name="Output">What it wrote to standard output.</param>
    /// <param name="Error">What it wrote to standard error, on one line; or why it could not be started.</param>
    public sealed record Result(bool Succeeded, byte[] Output, string Error)
    {
        public string Line => Encoding.UTF8.GetString(Output).Trim();
    }

    /// <param name="directory">Where paths are relative to.</param>
    /// <param name="input">For its standard input.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Result Run(string directory, string input, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            // Both ends at once: it answers while it is still asked.
            var asking = Task.Run(() => Ask(process, input));
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            asking.Wait();
            process.WaitForExit();
            return new Result(process.ExitCode == 0, output.ToArray(), OneLine(error.Result));
        }
        catch (Win32Exception e)
        {
            return new Result(false, [], $"git cannot be started ({e.Message}); install it");
        }
    }

    private static void Ask(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended early, and its exit code says why.
        }
    }

    private static string OneLine(string text) => string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
