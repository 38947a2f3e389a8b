using System.Diagnostics;
using System.Globalization;

namespace PolicyCompiler.Benchmarks;

/// <summary>What a process took from start to end.</summary>
/// <param name="Wall">From before the start to after the end.</param>
/// <param name="Cpu">User and system time.</param>
/// <param name="PeakKiB">Largest resident set.</param>
internal sealed record ChildProcess(TimeSpan Wall, TimeSpan Cpu, long PeakKiB)
{
    /// <summary>Runs a command to its end under GNU time, which reads the usage that the kernel kept for it.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static ChildProcess Run(params string[] command)
    {
        var report = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/usr/bin/time")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var argument in (string[])["-f", "%U %S %M", "-o", report, .. command])
            {
                start.ArgumentList.Add(argument);
            }

            var clock = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            var wall = clock.Elapsed;
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{string.Join(' ', command)}: exit code {process.ExitCode}\n{output.Result}{errors.Result}");
            }

            var usage = File.ReadAllText(report).Split(' ');
            return new ChildProcess(wall, Seconds(usage[0]) + Seconds(usage[1]), long.Parse(usage[2], CultureInfo.InvariantCulture));
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
