using System.ComponentModel;
using System.Diagnostics;

namespace PolicyCompiler.Kernel.Emulation;

/// <summary>Runs programs of the machine (apt, dpkg).</summary>
internal static class ExternalProgram
{
    /// <param name="name">Looked for on PATH.</param>
    /// <param name="arguments">Each is one word.</param>
    /// <param name="folder">Working directory; null: this process's.</param>
    /// <returns>Exit code and streams; null when there is no such program.</returns>
    public static (int ExitCode, string Output, string Error)? Run(string name, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        // The texts that are searched must not depend on the reader's language.
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Whether a program is on PATH, or at a path.</summary>
    public static bool IsThere(string name) => File.Exists(name) || (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, name)));
}
