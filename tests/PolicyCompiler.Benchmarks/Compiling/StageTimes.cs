using System.Diagnostics;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Pipeline.Inputs;

namespace PolicyCompiler.Benchmarks.Compiling;

/// <summary>The stages of <see cref="CompilePipeline"/>, called one by one with a clock between them.</summary>
internal sealed class StageTimes
{
    private readonly List<(string Stage, TimeSpan Wall, TimeSpan Cpu)> _times = [];
    private TimeSpan _lastWall;
    private TimeSpan _lastCpu = Environment.CpuUsage.TotalTime;

    /// <summary>In order; the CPU time is that of the whole process.</summary>
    public IReadOnlyList<(string Stage, TimeSpan Wall, TimeSpan Cpu)> Times => _times;

    public TimeSpan Wall => _times.Aggregate(TimeSpan.Zero, (sum, t) => sum + t.Wall);

    public TimeSpan Cpu => _times.Aggregate(TimeSpan.Zero, (sum, t) => sum + t.Cpu);

    public Compilation Compile(string path, bool verify)
    {
        var codeGenerator = new LlvmCodeGenerator();
        var clock = Stopwatch.StartNew();
        var sources = Value(InputFileReader.Read([path], Stream.Null));
        Mark("files", clock);
        var input = Value(InputReader.Read(sources));
        Mark("frontend", clock);
        var graph = Value(RuleGraphBuilder.Build(input, new GraphOptions()));
        Mark("rule graph", clock);
        var tables = Value(PolicyTablesBuilder.Build(graph));
        Mark("tables", clock);
        var plans = ProgramPlanner.Plan(tables);
        var maps = MapContentsBuilder.Build(tables);
        Mark("plans, maps", clock);
        var distinct = plans.Distinct().ToArray();
        var objects = new BpfObject[distinct.Length];
        Parallel.For(0, distinct.Length, i => objects[i] = Value(codeGenerator.Generate($"policy-{i:d3}", distinct[i])));
        Mark("code generation", clock);
        var report = verify ? Value(new LibbpfVerifier().Verify(objects, maps)) : VerificationReport.NotRun("no privilege");
        Mark("verification", clock);
        var compilation = new Compilation
        {
            Sources = [.. sources],
            Input = input,
            Graph = graph,
            Tables = tables,
            Plans = plans,
            Objects = [.. objects],
            Maps = maps,
            Verification = report,
        };
        BundleWriter.Files(compilation, codeGenerator.Version);
        Mark("bundle", clock);
        return compilation;
    }

    private void Mark(string stage, Stopwatch clock)
    {
        var wall = clock.Elapsed;
        var cpu = Environment.CpuUsage.TotalTime;
        _times.Add((stage, wall - _lastWall, cpu - _lastCpu));
        _lastWall = wall;
        _lastCpu = cpu;
    }

    private static T Value<T>(Stage<T> stage)
        where T : class => stage.Value ?? throw new InvalidOperationException(string.Join('\n', stage.Diagnostics));
}
