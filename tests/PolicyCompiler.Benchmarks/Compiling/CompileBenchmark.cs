using System.Diagnostics;
using System.Globalization;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline;

namespace PolicyCompiler.Benchmarks.Compiling;

/// <summary>Whole compiles of a generated cluster of 604 namespaces and 5,413 pods: time, memory, size of the tables.</summary>
internal static class CompileBenchmark
{
    private const int ColdRounds = 3;
    private const int WarmRounds = 3;

    private static readonly int[] PolicyCounts = [100, 1_000, 13_678];

    /// <param name="generator">A Python script: <c>generator OUT --policies N</c> writes the cluster's YAML files to OUT.</param>
    public static int Run(string generator)
    {
        Console.WriteLine($"{Machine.Describe()}\n");
        var verify = KernelCapabilities.Read().Missing is null;
        var policyc = PublishedCommand.Build();
        var directory = Directory.CreateTempSubdirectory("policyc-benchmark-").FullName;
        var whole = new MarkdownTable("policies", "cold s", "cold CPU s", "peak MiB", "warm s", "warm CPU s", "table bytes", "of them pages", "ipcache entries", "objects", "object bytes");
        MarkdownTable? stages = null;
        try
        {
            foreach (var count in PolicyCounts)
            {
                var input = Generate(generator, directory, count);
                var cold = Enumerable.Range(0, ColdRounds)
                    .Select(_ => ChildProcess.Run(policyc, "compile", input, "--verify", verify ? "kernel" : "none", "-o", Path.Combine(directory, "bundle"))).ToList();
                var (first, warm, compilation) = Stages(input, verify);
                stages ??= new MarkdownTable(["policies", "run", .. first.Times.Select(t => t.Stage), "total"]);
                foreach (var (run, times) in (ReadOnlySpan<(string, StageTimes)>)[(count == PolicyCounts[0] ? "first" : "first of its size", first), ("warm", warm)])
                {
                    stages.Add([Number(count), run, .. times.Times.Select(t => Pair(t.Wall, t.Cpu)), Pair(times.Wall, times.Cpu)]);
                }

                whole.Add(
                    Number(count),
                    Seconds(Median(cold.Select(c => c.Wall))),
                    Seconds(Median(cold.Select(c => c.Cpu))),
                    Number(cold.Max(c => c.PeakKiB) / 1024.0),
                    Seconds(warm.Wall),
                    Seconds(warm.Cpu),
                    Number(compilation.Maps.Sum(m => (double)m.Keys.Length + m.Values.Length)),
                    Number((double)compilation.Tables!.PageCount * PolicyTables.PageSlots * sizeof(uint)),
                    Number(compilation.Tables.Identities.IpCache.Length),
                    Number(compilation.Objects.Length),
                    Number(compilation.Objects.Sum(o => (double)o.Elf.Length)));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        whole.Write(Console.Out);
        Console.WriteLine($"Milliseconds a stage in one process, by the clock and (CPU){(verify ? "" : "; not verified, for lack of privilege")}:\n");
        stages!.Write(Console.Out);
        return 0;
    }

    private static (StageTimes First, StageTimes Warm, Compilation Compilation) Stages(string input, bool verify)
    {
        var runs = new List<StageTimes>();
        Compilation? compilation = null;
        for (var round = 0; round <= WarmRounds; round++)
        {
            GC.Collect();
            runs.Add(new StageTimes());
            compilation = runs[^1].Compile(input, verify);
        }

        return (runs[0], runs.Skip(1).OrderBy(r => r.Wall).ElementAt(WarmRounds / 2), compilation!);
    }

    private static string Generate(string generator, string directory, int policies)
    {
        var output = Path.Combine(directory, policies.ToString(CultureInfo.InvariantCulture));
        var start = new ProcessStartInfo("python3", [generator, output, "--policies", policies.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{generator}: exit code {process.ExitCode}");
        }

        return output;
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Pair(TimeSpan wall, TimeSpan cpu) => $"{Number(wall.TotalMilliseconds)} ({Number(cpu.TotalMilliseconds)})";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
