using PolicyCompiler.Kernel;

namespace PolicyCompiler.Benchmarks.Datapath;

/// <summary>One program with its tables filled, and what was measured of it. Nanoseconds a packet.</summary>
internal sealed class Subject : IDisposable
{
    private readonly int _program;
    private readonly TestRunBuffer _run;
    private readonly Connections _connections;
    private readonly IDisposable[] _owned;

    /// <param name="name">What it is.</param>
    /// <param name="rules">Rules it holds; 0: it has no policy.</param>
    /// <param name="program">The program's descriptor.</param>
    /// <param name="directory">Where the compiled comparison programs are.</param>
    /// <param name="run">Shared by all subjects.</param>
    /// <param name="owned">What is disposed with it, in this order.</param>
    public Subject(string name, int rules, int program, string directory, TestRunBuffer run, params IDisposable[] owned)
    {
        Name = name;
        Rules = rules;
        _program = program;
        _run = run;
        _owned = owned;
        _connections = new Connections(directory, program, run);
    }

    public string Name { get; }

    public int Rules { get; }

    /// <summary>A linear chain takes so long that it gets fewer packets.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Bytes of what the rules became; 0 when it is not a subject of this compiler.</summary>
    public long TableBytes { get; init; }

    /// <summary>The same packet of one known connection again and again.</summary>
    public Samples Established { get; } = new();

    /// <summary>
    /// The same packet that no rule allows: the whole way to a decision, without what a new connection costs. The subjects
    /// of this compiler also try to send an event, which no one takes, so that the ring buffer is full.
    /// </summary>
    public Samples Denied { get; } = new();

    /// <summary>A packet of each of many known connections in turn.</summary>
    public Samples ManyEstablished { get; } = new();

    /// <summary>The first packets of connections, with room in the connection table.</summary>
    public Samples New { get; } = new();

    /// <summary>Likewise with a full table.</summary>
    public Samples NewInFullTable { get; } = new();

    /// <exception cref="InvalidOperationException">The program does not do what the benchmark is about.</exception>
    public void Check(Frames frames)
    {
        if (!_run.Run(_program, frames.First).Passes || !_connections.Passes(frames.First))
        {
            throw new InvalidOperationException($"{Name}, {Rules} rules: the measured packet does not pass");
        }

        if (Rules > 0 && _run.Run(_program, frames.NotAllowed).Passes)
        {
            throw new InvalidOperationException($"{Name}, {Rules} rules: a packet that no rule allows passes");
        }
    }

    public void MeasureEstablished(Frames frames, int packets) => Established.Add(_run.Benchmark(_program, frames.Later, packets));

    public void MeasureDenied(Frames frames, int packets)
    {
        if (Rules > 0)
        {
            Denied.Add(_run.Benchmark(_program, frames.NotAllowed, IsSlow ? packets / 100 : packets));
        }
    }

    public void MeasureNew(Frames frames, int connections) => New.Add(_connections.Run(frames.First, IsSlow ? connections / 4 : connections));

    public void MeasureManyEstablished(Frames frames, int connections)
    {
        _connections.Restart();
        ManyEstablished.Add(_connections.Run(frames.Later, connections));
    }

    public void FillTable(Frames frames, int connections)
    {
        if (!IsSlow)
        {
            _connections.Run(frames.First, connections);
        }
    }

    public void MeasureNewInFullTable(Frames frames, int connections)
    {
        if (!IsSlow)
        {
            NewInFullTable.Add(_connections.Run(frames.First, connections));
        }
    }

    public void Dispose()
    {
        _connections.Dispose();
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }
    }
}
