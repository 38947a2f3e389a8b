using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Kernel;

namespace PolicyCompiler.EndToEnd.Tests;

/// <summary>Redirected connections end at a proxy on the node, which answers with the address that was meant.</summary>
public sealed class ProxyTests : IDisposable
{
    private const int Port = 8080;
    private const ushort ProxyPort = 15001;

    private static readonly VerdictWord Ingress = new(VerdictAction.Redirect, 64);
    private static readonly VerdictWord Egress = new(VerdictAction.Redirect, 65);

    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            _open[i].Dispose();
        }
    }

    [Theory]
    [InlineData(Direction.Ingress)]
    [InlineData(Direction.Egress)]
    public async Task ConnectionGoesThroughTheProxy(Direction direction)
    {
        var (network, maps) = Start(direction, ProxyPort);
        Deliver(network);
        using var proxy = Proxy(network);

        // Were it not for the proxy, the pod would answer.
        using var server = Traffic.Listen(network.Server, network.Server.IPv4, Port);
        using var connection = await Traffic.Connect(network.Client, proxy, network.Server.IPv4, Port);

        Assert.True(connection is not null && await connection.Echo(Traffic.Patience));
        Assert.NotEqual(0ul, maps.ReadCounter((direction == Direction.Ingress ? Ingress : Egress).Decision).Packets);
    }

    [Theory]
    [InlineData(Direction.Ingress, 0, true)]
    [InlineData(Direction.Egress, 0, true)]
    [InlineData(Direction.Ingress, ProxyPort, false)]
    public async Task NothingReachesThePodPastTheProxy(Direction direction, ushort port, bool isDelivered)
    {
        var (network, maps) = Start(direction, port);
        if (isDelivered)
        {
            Deliver(network);
        }

        Assert.False(await Traffic.Tcp(network.Client, network.Server, network.Server.IPv4, Port, Traffic.Brief));
        Assert.NotEqual(0ul, Missing(maps, direction));
    }

    private static ulong Missing(DatapathMaps maps, Direction direction) =>
        maps.ReadCounter(DecisionInfo.FixedId(DecisionKind.ProxyMissing, direction)).Packets;

    /// <summary>Routes what is marked for the proxy to the node itself, whatever its destination.</summary>
    private static void Deliver(TestNetwork network) => network.Node.Ip(
        "rule add fwmark 0x993a0200 lookup 100", // 15001 is 0x3a99
        "route add local default dev lo table 100");

    private static Socket Proxy(TestNetwork network) => network.Node.Run(() =>
    {
        const int LevelIp = 0;
        const int Transparent = 19;
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetRawSocketOption(LevelIp, Transparent, BitConverter.GetBytes(1));
        listener.Bind(new IPEndPoint(IPAddress.Any, Port));
        listener.Listen();
        return listener;
    });

    private (TestNetwork Network, DatapathMaps Maps) Start(Direction direction, ushort proxyPort)
    {
        NetworkRequirement.Require();
        var network = Keep(new TestNetwork());
        var plan = new ProgramPlan(
            new DecisionPlan.Constant(Ingress, PlanOrigin.None), new DecisionPlan.Constant(Egress, PlanOrigin.None), IpCacheShape.None,
            NodeLocal: false, Enforced: true)
        {
            Features = ProgramFeatures.Redirects,
        };
        var compiled = new LlvmCodeGenerator().Generate("proxied", plan);
        Assert.True(compiled.Succeeded, string.Join('\n', compiled.Diagnostics));
        var maps = Keep(new DatapathMaps([Proxies(proxyPort)]));
        var pod = direction == Direction.Ingress ? network.Server : network.Client;
        var programs = Keep(LoadedEndpoint.Load(
            compiled.Value!, maps, new EndpointConfiguration { EndpointId = 1, Revision = 1, Ingress = (0, 0), Egress = (0, 0) }));
        Keep(new NodeAttachment(network.Node, [(programs, pod)]));

        // What is sent back comes from an interface that does not lead to its source.
        network.Node.Sysctl("ipv4/conf/all/rp_filter", "0");
        network.Node.Sysctl("ipv4/conf/host-server/rp_filter", "0");

        // Or the node finds the proxy's socket before it looks for a route, and forwards no packet that has a socket. Where
        // netfilter is, a rule that marks packets of transparent sockets for the proxy does better (Cilium has one).
        network.Node.Sysctl("ipv4/ip_early_demux", "0");
        return (network, maps);
    }

    private static MapContents Proxies(ushort port)
    {
        var keys = new byte[2 * sizeof(int)];
        var values = new byte[2 * MapContentsBuilder.ProxySize];
        BinaryPrimitives.WriteInt32LittleEndian(keys, Ingress.Decision);
        BinaryPrimitives.WriteInt32LittleEndian(keys.AsSpan(sizeof(int)), Egress.Decision);
        BinaryPrimitives.WriteUInt16BigEndian(values, port);
        BinaryPrimitives.WriteUInt16BigEndian(values.AsSpan(MapContentsBuilder.ProxySize), port);
        return new MapContents(DatapathMaps.Proxies, sizeof(int), MapContentsBuilder.ProxySize, 16, [.. keys], [.. values]);
    }

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Add(opened);
        return opened;
    }
}
