using System.Collections.Concurrent;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel.Tests.Datapath;

/// <summary>
/// One endpoint with the policy of the tests, its programs in the kernel, and no connections. Loading takes the verifier
/// a while, so that instances go back to a pool.
/// </summary>
internal sealed class TestEndpoint : IDisposable
{
    private static readonly Lazy<BpfObject> TableObject = new(() => Compile("tables", DatapathPolicy.Table, DatapathPolicy.Table));

    private static readonly Lazy<BpfObject> InlineObject = new(() => Compile(
        "inline", DatapathPolicy.Inline(Direction.Ingress), DatapathPolicy.Inline(Direction.Egress)));

    private static readonly Lazy<BpfObject> OldestKernelObject = new(() => Compile(
        "oldest", DatapathPolicy.Table, DatapathPolicy.Table,
        alternatives: TargetKernel.AlternativesFor(KernelVersion.Oldest)));

    private static readonly Lazy<BpfObject> UnenforcedObject = new(() =>
    {
        var open = new DecisionPlan.Constant(new VerdictWord(VerdictAction.Allow, 64), PlanOrigin.None);
        return Compile("unenforced", open, open, enforced: false);
    });

    private static readonly Lazy<BpfObject> ServedObject = new(() => Compile(
        "served", ServedPolicy.Plan(Direction.Ingress), ServedPolicy.Plan(Direction.Egress), features: ServedPolicy.Features));

    private static readonly ConcurrentDictionary<string, ConcurrentBag<TestEndpoint>> Idle = new(StringComparer.Ordinal);
    private static int _lastEndpointId;

    private readonly BpfObject _source;
    private readonly LoadedEndpoint _loaded;
    private EndpointConfiguration _configuration = Initial();

    private TestEndpoint(BpfObject source)
    {
        _source = source;
        Maps = new DatapathMaps(DatapathPolicy.Maps);
        _loaded = LoadedEndpoint.Load(source, Maps, _configuration);
    }

    public DatapathMaps Maps { get; }

    public EndpointConfiguration Configuration
    {
        get => _configuration;
        set
        {
            _configuration = value;
            _loaded.Configure(value);
        }
    }

    /// <summary>The policy in tables, so that a change of roots changes it.</summary>
    public static TestEndpoint WithTables()
    {
        KernelRequirement.Require();
        return Rent(TableObject.Value);
    }

    /// <summary>The same in a program for the oldest kernel.</summary>
    public static TestEndpoint ForOldestKernel()
    {
        KernelRequirement.Require();
        return Rent(OldestKernelObject.Value);
    }

    /// <summary>The policy compiled into the program.</summary>
    public static TestEndpoint Inline()
    {
        KernelRequirement.Require();
        return Rent(InlineObject.Value);
    }

    /// <summary>No policy selects the endpoint.</summary>
    public static TestEndpoint Unenforced()
    {
        KernelRequirement.Require();
        return Rent(UnenforcedObject.Value);
    }

    /// <summary>A policy that needs proxies and authentication.</summary>
    public static TestEndpoint Served()
    {
        KernelRequirement.Require();
        return Rent(ServedObject.Value);
    }

    /// <summary>Everyone gets the same verdict, by a program with these features only.</summary>
    public static TestEndpoint Constant(VerdictWord verdict, ProgramFeatures features)
    {
        KernelRequirement.Require();
        var plan = new DecisionPlan.Constant(verdict, PlanOrigin.None);
        return Rent(Compile($"constant {verdict} {features}", plan, plan, features: features));
    }

    /// <summary>A packet to the endpoint.</summary>
    public TestRunResult To(Packet packet, uint mark = 0) => _loaded.TestRun(Direction.Ingress, packet.ToFrame(), mark);

    /// <summary>A packet from the endpoint.</summary>
    public TestRunResult From(Packet packet, uint mark = 0) => _loaded.TestRun(Direction.Egress, packet.ToFrame(), mark);

    public TestRunResult Run(Direction direction, Packet packet, uint mark = 0) => _loaded.TestRun(direction, packet.ToFrame(), mark);

    public TestRunResult Run(Direction direction, ReadOnlySpan<byte> frame) => _loaded.TestRun(direction, frame);

    public TestRunResult Run(Direction direction, ReadOnlySpan<byte> frame, out byte[] output) =>
        _loaded.TestRun(direction, frame, out output);

    public int Benchmark(Direction direction, Packet packet, int repeat) => _loaded.Benchmark(direction, packet.ToFrame(), repeat);

    /// <summary>Forgets all connections: those of another endpoint id are not its own.</summary>
    public void Forget() => Configuration = _configuration with { EndpointId = NextEndpointId() };

    /// <summary>Nobody may do anything from now on.</summary>
    public void Revoke() => Configuration = _configuration with
    {
        Revision = _configuration.Revision + 1,
        Ingress = DatapathPolicy.DenyRoots(Direction.Ingress),
        Egress = DatapathPolicy.DenyRoots(Direction.Egress),
    };

    /// <summary>The policy as it was at first, as a new revision.</summary>
    public void Restore() => Configuration = _configuration with
    {
        Revision = _configuration.Revision + 1,
        Ingress = DatapathPolicy.Roots(Direction.Ingress),
        Egress = DatapathPolicy.Roots(Direction.Egress),
    };

    /// <summary>Lets the time of all connections run out (struct policyc_ct_bucket of policyc_abi.h).</summary>
    public void ExpireConnections()
    {
        const int Ways = 8;
        const int FirstExpiry = sizeof(ulong) * Ways;
        var map = Maps[ConnectionTableLayout.Table];
        var bucket = new byte[map.ValueSize];
        for (var i = 0; i < map.MaxEntries; i++)
        {
            var key = BitConverter.GetBytes(i);
            Assert.True(map.TryLookup(key, bucket));
            if (bucket.AsSpan(0, FirstExpiry).ContainsAnyExcept((byte)0))
            {
                bucket.AsSpan(FirstExpiry, sizeof(uint) * Ways).Clear();
                map.Update(key, bucket);
            }
        }
    }

    public void Dispose() => Idle.GetOrAdd(_source.Name, _ => []).Add(this);

    private static TestEndpoint Rent(BpfObject source)
    {
        if (!Idle.GetOrAdd(source.Name, _ => []).TryTake(out var endpoint))
        {
            return new TestEndpoint(source);
        }

        endpoint.Configuration = Initial();
        endpoint.Maps.Clear(DatapathMaps.Counters);
        endpoint.Maps.Clear(DatapathMaps.LostEvents);
        endpoint.Maps.Clear(DatapathMaps.Proxies);
        endpoint.Maps.Clear(DatapathMaps.Authenticated);
        using var events = endpoint.Maps.OpenEvents();
        events.Read();
        return endpoint;
    }

    private static EndpointConfiguration Initial() => new()
    {
        EndpointId = NextEndpointId(),
        Revision = 1,
        IPv4 = DatapathAddresses.Self4,
        IPv6 = DatapathAddresses.Self6,
        NodeIPv4 = DatapathAddresses.Node4,
        NodeIPv6 = DatapathAddresses.Node6,
        Ingress = DatapathPolicy.Roots(Direction.Ingress),
        Egress = DatapathPolicy.Roots(Direction.Egress),
    };

    private static uint NextEndpointId() => (uint)Interlocked.Increment(ref _lastEndpointId);

    private static BpfObject Compile(
        string name, DecisionPlan ingress, DecisionPlan egress, bool enforced = true, ProgramFeatures features = ProgramFeatures.None,
        KernelAlternatives alternatives = KernelAlternatives.None)
    {
        const IpCacheShape Everything =
            IpCacheShape.ExactIPv4 | IpCacheShape.PrefixIPv4 | IpCacheShape.ExactIPv6 | IpCacheShape.PrefixIPv6;
        var plan = new ProgramPlan(ingress, egress, Everything, NodeLocal: true, enforced) { Features = features, Alternatives = alternatives };
        var stage = new LlvmCodeGenerator().Generate(name, plan);
        Assert.True(stage.Succeeded, string.Join('\n', stage.Diagnostics));
        return stage.Value!;
    }
}
