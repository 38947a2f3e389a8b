using System.Buffers.Binary;
using PolicyCompiler.Kernel;

namespace PolicyCompiler.Benchmarks.Datapath;

/// <summary>
/// Runs a program with another connection each time (bpf/vary.bpf.c): source ports, then last bytes of the destination
/// address, in the same order for every program.
/// </summary>
internal sealed class Connections : IDisposable
{
    private readonly ComparisonObject _vary;
    private readonly int _program;
    private readonly TestRunBuffer _run;

    public Connections(string directory, int target, TestRunBuffer run)
    {
        _vary = ComparisonObject.Load(Path.Combine(directory, "vary.o"));
        _program = _vary.Program("vary");
        _run = run;
        var descriptor = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(descriptor, target);
        _vary.Put("target", new byte[4], descriptor);
    }

    /// <summary>Mean nanoseconds a packet of the next <paramref name="count"/> connections.</summary>
    public int Run(ReadOnlySpan<byte> frame, int count) => _run.Benchmark(_program, frame, count);

    /// <summary>Whether the next connection's packet passes.</summary>
    public bool Passes(ReadOnlySpan<byte> frame) => _run.Run(_program, frame).Passes;

    /// <summary>Starts over with the first connection.</summary>
    public void Restart() => _vary.ResetVariables();

    public void Dispose() => _vary.Dispose();
}
