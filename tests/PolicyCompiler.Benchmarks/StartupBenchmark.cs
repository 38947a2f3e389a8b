using System.Globalization;
using PolicyCompiler.Kernel;

namespace PolicyCompiler.Benchmarks;

/// <summary>Milliseconds of whole processes that an editor or a pre-commit hook starts.</summary>
internal static class StartupBenchmark
{
    private const int Rounds = 15;

    public static int Run()
    {
        Console.WriteLine($"{Machine.Describe()}\n");
        var policyc = PublishedCommand.Build();
        var shop = Repository.CasePath("online-boutique");
        List<(string Name, string[] Command)> commands =
        [
            ("true (no .NET at all)", ["/bin/true"]),
            ("policyc --version", [policyc, "--version"]),
            ("policyc explain online-boutique, one flow", [policyc, "explain", shop, "--from", "ip:203.0.113.1", "--to", "ip:203.0.113.2", "--port", "80"]),
            ("policyc compile online-boutique --verify none", [policyc, "compile", shop, "--verify", "none"]),
        ];
        if (KernelCapabilities.Read().Missing is null)
        {
            commands.Add(("policyc compile online-boutique --verify kernel", [policyc, "compile", shop, "--verify", "kernel"]));
        }

        var results = commands.ConvertAll(c => (c.Name, c.Command, Wall: new Samples(), Cpu: new Samples(), Peak: new Samples()));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (_, command, wall, cpu, peak) in results)
            {
                var usage = ChildProcess.Run(command);
                wall.Add(usage.Wall.TotalMilliseconds);
                cpu.Add(usage.Cpu.TotalMilliseconds);
                peak.Add(usage.PeakKiB / 1024.0);
            }
        }

        var table = new MarkdownTable("command", "ms", "quartiles", "CPU ms", "peak MiB");
        foreach (var (name, _, wall, cpu, peak) in results)
        {
            table.Add(name, Number(wall.Median), $"{Number(wall.LowerQuartile)}-{Number(wall.UpperQuartile)}", Number(cpu.Median), Number(peak.Median));
        }

        table.Write(Console.Out);
        return 0;
    }

    private static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
