using System.Diagnostics;
using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Kernel;

namespace PolicyCompiler.Benchmarks.Datapath;

/// <summary>Nanoseconds a packet by BPF_PROG_TEST_RUN, all programs side by side in every round.</summary>
internal static class DatapathBenchmark
{
    private const int Rounds = 21;
    private const int PacketsOfOneConnection = 200_000;
    private const int NewConnections = 10_000;
    private const int KnownConnections = 32_768;

    private static readonly int[] RuleCounts = [1, 100, 12_500];

    public static int Run()
    {
        if (KernelCapabilities.Read().Missing is { } missing)
        {
            Console.Error.WriteLine(missing.Message);
            return 3;
        }

        Console.WriteLine($"{Machine.Describe()}\n");
        var directory = Directory.CreateTempSubdirectory("policyc-benchmark-").FullName;
        try
        {
            CompileComparisonPrograms(directory);
            using var run = new TestRunBuffer();
            var subjects = Subjects(directory, run);
            Measure(subjects);
            DatapathReport.Write(subjects, Console.Out);
            foreach (var subject in subjects)
            {
                subject.Dispose();
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        return 0;
    }

    private static List<Subject> Subjects(string directory, TestRunBuffer run)
    {
        var comparison = new ComparisonSubjects(directory, run);
        List<Subject?> subjects = [comparison.Floor(), comparison.Parse(), comparison.Lru()];
        foreach (var rules in RuleCounts)
        {
            subjects.Add(comparison.CiliumLike("cilium_like", "Cilium-like, one conntrack lookup", rules));
            subjects.Add(comparison.CiliumLike("cilium_like_both", "Cilium-like, both directions", rules));
            subjects.Add(comparison.Linear(rules));
            foreach (var (name, source) in (ReadOnlySpan<(string, Func<int, SourceText>)>)
                [("CIDRs", RuleSet.Addresses), ("ports", RuleSet.Ports), ("CIDRs and ports", RuleSet.AddressesAndPorts), ("pods", RuleSet.Pods), ("pods, every kind of policy", RuleSet.EveryKind)])
            {
                foreach (var specialised in (bool[])[false, true])
                {
                    subjects.Add(CompiledSubjects.Create(name, rules, source(rules), specialised, directory, run));
                }
            }
        }

        return [.. subjects.OfType<Subject>()];
    }

    private static void Measure(List<Subject> subjects)
    {
        var frames = new Frames();
        subjects.ForEach(s => s.Check(frames));

        // The order matters: the known connections of the fourth loop are those that the third one made.
        EachRound(s => s.MeasureEstablished(frames, PacketsOfOneConnection));
        EachRound(s => s.MeasureDenied(frames, PacketsOfOneConnection / 4));
        EachRound(s => s.MeasureNew(frames, NewConnections));
        subjects.ForEach(s => s.MeasureManyEstablished(frames, KnownConnections));
        EachRound(s => s.MeasureManyEstablished(frames, KnownConnections));
        subjects.ForEach(s => s.FillTable(frames, 2 * CompiledSubjects.Connections));
        EachRound(s => s.MeasureNewInFullTable(frames, NewConnections));

        void EachRound(Action<Subject> measure)
        {
            for (var round = 0; round < Rounds; round++)
            {
                subjects.ForEach(measure);
            }
        }
    }

    private static void CompileComparisonPrograms(string directory)
    {
        var script = Path.Combine(Repository.Root, "tests", "PolicyCompiler.Benchmarks", "bpf", "build.sh");
        using var process = Process.Start("sh", [script, directory]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"the comparison programs do not compile (exit code {process.ExitCode}): clang-19, llvm-19 and python3 are needed"));
        }
    }
}
