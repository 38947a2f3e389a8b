using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Kernel.Tests;

/// <summary>Maps, instances, test runs, counters and events, with the small object of Fixtures/loader.bpf.c.</summary>
public sealed class LoaderTests
{
    private static readonly VerdictWord Allow = new(VerdictAction.Allow, 70);
    private static readonly VerdictWord Drop = new(VerdictAction.Drop, 71);

    [Fact]
    public void VerdictComesFromTheSharedMaps()
    {
        KernelRequirement.Require();
        using var maps = new DatapathMaps(Contents());
        using var endpoint = LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 1));

        Assert.Equal(new TestRunResult(0, Allow, 0), endpoint.TestRun(Direction.Ingress, From("10.0.0.1")));
        Assert.Equal(new TestRunResult(2, Drop, 0), endpoint.TestRun(Direction.Ingress, From("10.9.8.7")));
        Assert.Equal(new TestRunResult(2, new VerdictWord(0), 0), endpoint.TestRun(Direction.Ingress, From("192.0.2.1")));
    }

    [Fact]
    public void EachInstanceHasItsOwnConfigurationAndTheSameMaps()
    {
        KernelRequirement.Require();
        using var maps = new DatapathMaps(Contents());
        using var first = LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 1) with { Revision = 80 });
        using var second = LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 0) with { Revision = 81 });
        var frame = From("10.0.0.1");

        Assert.Equal(80, first.TestRun(Direction.Egress, frame).Verdict.Decision);
        Assert.Equal(81, second.TestRun(Direction.Egress, frame).Verdict.Decision);
        Assert.True(first.TestRun(Direction.Ingress, frame).Passes);
        Assert.False(second.TestRun(Direction.Ingress, frame).Passes);

        second.Configure(Configuration(page: 1) with { Revision = 82 });
        Assert.True(second.TestRun(Direction.Ingress, frame).Passes);
        Assert.Equal(82, second.TestRun(Direction.Egress, frame).Verdict.Decision);
        Assert.Equal(80, first.TestRun(Direction.Egress, frame).Verdict.Decision);
    }

    [Fact]
    public void CountersSumOverProcessors()
    {
        KernelRequirement.Require();
        using var maps = new DatapathMaps(Contents());
        using var endpoint = LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 1));
        var frame = From("10.0.0.1");
        for (var i = 0; i < 5; i++)
        {
            endpoint.TestRun(Direction.Ingress, frame);
        }

        Assert.Equal(new DecisionCounter(5, 5 * (ulong)frame.Length), maps.ReadCounter(Allow.Decision));
        Assert.Equal([(Allow.Decision, new DecisionCounter(5, 5 * (ulong)frame.Length))], maps.ReadCounters());
        maps.Clear(DatapathMaps.Counters);
        Assert.Empty(maps.ReadCounters());
    }

    [Fact]
    public void DropEventsAreDecoded()
    {
        KernelRequirement.Require();
        using var maps = new DatapathMaps(Contents());
        using var endpoint = LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 1));
        using var events = maps.OpenEvents();
        var frame = From("10.9.8.7");
        endpoint.TestRun(Direction.Ingress, frame);

        var dropped = Assert.Single(events.Read(TimeSpan.FromSeconds(2)));
        Assert.Equal((7u, Drop, (uint)frame.Length), (dropped.EndpointId, dropped.Verdict, dropped.Length));
        Assert.Equal((IpAddress.Parse("10.9.8.7"), IpAddress.Parse("10.0.0.2")), (dropped.Source, dropped.Destination));
        Assert.Equal((1234, 80, IpProtocol.Tcp), (dropped.SourcePort, dropped.DestinationPort, dropped.Protocol));
        Assert.Empty(events.Read());
    }

    [Fact]
    public void EntriesCanBeUpdatedAndCleared()
    {
        KernelRequirement.Require();
        using var maps = new DatapathMaps(Contents());
        using var endpoint = LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 1));
        Assert.Equal((2, 2, 100), (maps.Capacity("policyc_pages"), maps.Capacity("policyc_ipcache4"), maps.Capacity("policyc_counters")));
        Assert.Equal((2, 1), (maps.Count("policyc_ipcache4"), maps.Count("policyc_prefix4")));

        maps.Clear("policyc_ipcache4");
        Assert.Equal(0, maps.Count("policyc_ipcache4"));
        Assert.False(endpoint.TestRun(Direction.Ingress, From("10.0.0.1")).Passes);

        maps.Update(new MapContents("policyc_ipcache4", 4, 4, 2, [192, 0, 2, 1], Fixture.Words(3)));
        Assert.True(endpoint.TestRun(Direction.Ingress, From("192.0.2.1")).Passes);
    }

    [Fact]
    public void MapsWithoutContentsAreTakenOverFromTheBundleBefore()
    {
        KernelRequirement.Require();
        using var first = new DatapathMaps(Contents());
        using var old = LoadedEndpoint.Load(Fixture.Object("loader"), first, Configuration(page: 1));
        using var second = new DatapathMaps(Contents(), first);
        using var events = second.OpenEvents();
        using var endpoint = LoadedEndpoint.Load(Fixture.Object("loader"), second, Configuration(page: 1));
        old.TestRun(Direction.Ingress, From("10.9.8.7"));
        endpoint.TestRun(Direction.Ingress, From("10.9.8.7"));
        first.Dispose();

        Assert.Equal(2, events.Read(TimeSpan.FromSeconds(2)).Count);
        Assert.Equal(1ul, second.ReadCounter(Drop.Decision).Packets);
    }

    [Fact]
    public void FullMapSaysSo()
    {
        KernelRequirement.Require();
        using var maps = new DatapathMaps(Contents());
        using var endpoint = LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 1));
        var many = new MapContents("policyc_prefix4", 8, 4, 3, Fixture.Words(8, 11, 8, 12, 8, 13), Fixture.Words(1, 1, 1));

        var full = Assert.Throws<KernelException>(() => maps.Update(many));
        Assert.Contains("policyc_prefix4", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ContentsOfAnotherShapeAreRefused()
    {
        KernelRequirement.Require();
        using var maps = new DatapathMaps([new MapContents("policyc_ipcache4", 8, 4, 1, Fixture.Words(1, 2), Fixture.Words(1))]);

        Assert.Throws<ArgumentException>(() => LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 1)));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(3073)]
    public void FramesThatTheKernelDoesNotRunAreRefused(int length)
    {
        KernelRequirement.Require();
        using var maps = new DatapathMaps(Contents());
        using var endpoint = LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 1));

        Assert.Throws<ArgumentOutOfRangeException>(() => endpoint.TestRun(Direction.Ingress, new byte[length]));
    }

    [Fact]
    public void BenchmarkMeasuresInTheKernel()
    {
        KernelRequirement.Require();
        using var maps = new DatapathMaps(Contents());
        using var endpoint = LoadedEndpoint.Load(Fixture.Object("loader"), maps, Configuration(page: 1));

        Assert.InRange(endpoint.Benchmark(Direction.Egress, From("10.0.0.1"), 100_000), 1, 10_000);
        Assert.Equal(100_000ul, maps.ReadCounter(90).Packets);
    }

    internal static ImmutableArray<MapContents> Contents()
    {
        var pages = new uint[2 * 64];
        pages[64 + 3] = Allow.Value;
        pages[64 + 4] = Drop.Value;
        return
        [
            new MapContents("policyc_pages", 4, 256, 2, [], Fixture.Words(pages)),
            new MapContents("policyc_ipcache4", 4, 4, 2, [10, 0, 0, 1, 10, 0, 0, 3], Fixture.Words(3, 4)),
            new MapContents("policyc_prefix4", 8, 4, 1, [8, 0, 0, 0, 10, 0, 0, 0], Fixture.Words(4)),
            new MapContents("policyc_counters", 4, 16, 100, [], []),
        ];
    }

    private static byte[] From(string source) =>
        Packet.OfFlow(IpAddress.Parse(source), IpAddress.Parse("10.0.0.2"), IpProtocol.Tcp, 80).ToFrame();

    private static EndpointConfiguration Configuration(uint page) => new()
    {
        EndpointId = 7,
        Revision = 90,
        Ingress = (page, 0),
        Egress = (0, 0),
    };
}
