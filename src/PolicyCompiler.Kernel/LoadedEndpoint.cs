using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Kernel.Native;

namespace PolicyCompiler.Kernel;

/// <summary>
/// One instance of an object in the kernel, with the configuration of one endpoint. Test runs are for one thread at a
/// time; instances are independent of each other.
/// </summary>
public sealed class LoadedEndpoint : IDisposable
{
    private const string ConfigurationVariable = "policyc_endpoint";
    private const string DataSection = ".data";

    private readonly LoadedObject _object;
    private readonly MappedMemory _data;
    private readonly int _configurationOffset;
    private readonly int _toEndpoint;
    private readonly int _fromEndpoint;
    private readonly TestRunBuffer _testRun = new();

    private LoadedEndpoint(LoadedObject loaded, MappedMemory data, int configurationOffset)
    {
        _object = loaded;
        _data = data;
        _configurationOffset = configurationOffset;
        _toEndpoint = Find(loaded, BpfObject.ToEndpoint);
        _fromEndpoint = Find(loaded, BpfObject.FromEndpoint);
    }

    /// <summary>Loads the object without attaching it.</summary>
    /// <exception cref="KernelException">It was refused; <see cref="LibbpfVerifier"/> explains why.</exception>
    public static LoadedEndpoint Load(BpfObject source, DatapathMaps maps, EndpointConfiguration configuration) =>
        Load(source.Name, source.Elf, maps, configuration);

    /// <summary>Likewise, for an object out of a bundle.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="elf">The ELF file.</param>
    /// <param name="maps">The maps it shares with the other objects.</param>
    /// <param name="configuration">Its endpoint's.</param>
    /// <exception cref="KernelException">It was refused.</exception>
    /// <exception cref="ArgumentException">It is not an object of this compiler.</exception>
    public static LoadedEndpoint Load(string name, ImmutableArray<byte> elf, DatapathMaps maps, EndpointConfiguration configuration)
    {
        var loaded = LoadedObject.Open(name, elf);
        MappedMemory? data = null;
        try
        {
            maps.Bind(loaded, name, elf);
            loaded.Load();
            if (loaded.FindVariable(DataSection, ConfigurationVariable) is not { Size: EndpointConfiguration.Size } variable
                || loaded.GlobalVariables(DataSection) is var section && section == 0)
            {
                throw new ArgumentException(
                    $"object '{name}' has no variable {ConfigurationVariable} of {EndpointConfiguration.Size} bytes", nameof(elf));
            }

            data = MappedMemory.Map(LibBpf.bpf_map__fd(section), loaded.InitialBytes(DataSection).Length);
            var endpoint = new LoadedEndpoint(loaded, data, variable.Offset);
            endpoint.Configure(configuration);
            return endpoint;
        }
        catch
        {
            data?.Dispose();
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gives the instance another configuration: no system call, some nanoseconds. A packet that is being handled at the
    /// same time may see old and new members mixed; no packet after it does.
    /// </summary>
    /// <remarks>A new endpoint id makes all earlier connections invisible, so test runs need not clear the tables.</remarks>
    public void Configure(EndpointConfiguration configuration) => _data.Write(_configurationOffset, configuration.Encode());

    /// <summary>Runs the program of a direction on one Ethernet frame (15 to 3072 bytes).</summary>
    /// <param name="direction">Seen from the endpoint.</param>
    /// <param name="frame">From the Ethernet header on.</param>
    /// <param name="mark">The packet's mark before the run.</param>
    /// <exception cref="KernelException">The kernel refused the run.</exception>
    public TestRunResult TestRun(Direction direction, ReadOnlySpan<byte> frame, uint mark = 0) =>
        _testRun.Run(Program(direction), frame, mark);

    /// <summary>Also returns the frame as the program left it.</summary>
    public TestRunResult TestRun(Direction direction, ReadOnlySpan<byte> frame, out byte[] output) =>
        _testRun.Run(Program(direction), frame, out output);

    /// <summary>Runs the program <paramref name="repeat"/> times on the same frame; nanoseconds a run.</summary>
    public int Benchmark(Direction direction, ReadOnlySpan<byte> frame, int repeat) =>
        _testRun.Benchmark(Program(direction), frame, repeat);

    /// <summary>
    /// Attaches both programs to the host side of the endpoint's veth pair, at tc (clsact), in the calling thread's
    /// network namespace.
    /// </summary>
    /// <returns>Detaches when disposed.</returns>
    public TcAttachment Attach(int interfaceIndex) => TcAttachment.Attach(interfaceIndex, ingressFd: _fromEndpoint, egressFd: _toEndpoint);

    public void Dispose()
    {
        _testRun.Dispose();
        _data.Dispose();
        _object.Dispose();
    }

    /// <summary>The descriptor of a direction's program; it stays this instance's.</summary>
    internal int Program(Direction direction) => direction == Direction.Ingress ? _toEndpoint : _fromEndpoint;

    private static int Find(LoadedObject loaded, string name)
    {
        foreach (var (program, pointer) in loaded.Programs())
        {
            if (string.Equals(program, name, StringComparison.Ordinal))
            {
                return LibBpf.bpf_program__fd(pointer);
            }
        }

        throw new ArgumentException($"the object has no program {name}", nameof(loaded));
    }
}
