using System.Collections.Immutable;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Kernel;

namespace PolicyCompiler.Pipeline.Agreement;

/// <summary>
/// The compiled programs in the running kernel, asked packet by packet with BPF_PROG_TEST_RUN. Every proxy listens and every
/// handshake has been held, so that what the node provides does not cover the policy's verdicts.
/// </summary>
public sealed class KernelDatapath : IDisposable
{
    private const ushort SourcePort = 40000;

    /// <summary>Where all proxies listen; no packet gets there.</summary>
    private const ushort ProxyPort = 10000;

    private readonly PolicyTables _tables;
    private readonly DatapathMaps _maps;
    private readonly LoadedEndpoint[] _byPolicy;
    private readonly ImmutableArray<LoadedEndpoint> _loaded;
    private readonly ImmutableArray<ProgramPlan> _plans;
    private readonly TableEvaluator _identities;
    private uint _nextEndpointId;

    /// <exception cref="KernelException">The kernel refused a map or a program.</exception>
    public KernelDatapath(PolicyTables tables, ImmutableArray<ProgramPlan> plans, IEnumerable<BpfObject> objects, IEnumerable<MapContents> maps)
    {
        _tables = tables;
        _plans = plans;
        var standIns = new StandIns(tables).Tables;
        _identities = new TableEvaluator(standIns);
        _maps = new DatapathMaps(Prepare(tables, standIns, maps));
        var idle = new EndpointConfiguration { EndpointId = 0, Revision = 0, Ingress = (0, 0), Egress = (0, 0) };
        var byPlan = objects.ToDictionary(o => o.Plan!, o => LoadedEndpoint.Load(o, _maps, idle));
        _loaded = [.. byPlan.Values];
        _byPolicy = [.. plans.Select(p => byPlan[p])];
    }

    /// <summary>The verdict word on the first packet of a new connection.</summary>
    /// <param name="endpoint">Index in the cluster view; not a host-network pod.</param>
    /// <param name="direction">Seen from the endpoint.</param>
    /// <param name="remote">The other side.</param>
    /// <param name="portKey">Of the connection's destination.</param>
    public VerdictWord Decide(int endpoint, Direction direction, IpAddress remote, int portKey)
    {
        // A new number each time, so that no earlier packet's connection is found.
        var configuration = EndpointConfigurationBuilder.Build(_tables, endpoint, ++_nextEndpointId, 1);
        var policy = _tables.EndpointPolicyIndex[endpoint];
        var program = _byPolicy[policy];
        program.Configure(configuration);
        var authenticates = _plans[policy].Features.HasFlag(ProgramFeatures.Authenticates);
        if (authenticates)
        {
            _maps.Authenticate(_nextEndpointId, (uint)_identities.IdentityOf(remote), DatapathMaps.Forever);
        }

        var local = _tables.Graph.Cluster.Endpoints[endpoint].Address(remote.Family) ?? StandIn(remote);
        var (protocol, port) = PortKey.Parse(portKey);
        var packet = direction == Direction.Ingress
            ? Packet.OfFlow(remote, local, protocol, port, SourcePort)
            : Packet.OfFlow(local, remote, protocol, port, SourcePort);
        var result = program.TestRun(direction, packet.ToFrame());
        if (authenticates)
        {
            _maps.Clear(DatapathMaps.Authenticated);
        }

        return result.Passes != result.Verdict.Action.IsDrop()
            ? result.Verdict
            : throw new InvalidOperationException($"the program returned {result.ReturnValue} with verdict {result.Verdict}");
    }

    public void Dispose()
    {
        foreach (var loaded in _loaded)
        {
            loaded.Dispose();
        }

        _maps.Dispose();
    }

    /// <summary>The contents, with the addresses that stand for identities without any, and with proxies that listen.</summary>
    private static IEnumerable<MapContents> Prepare(PolicyTables tables, PolicyTables standIns, IEnumerable<MapContents> maps)
    {
        var all = MapContentsBuilder.Build(standIns).ToDictionary(m => m.Name, StringComparer.Ordinal);
        return maps.Select(m => m.Name.StartsWith("policyc_ipcache", StringComparison.Ordinal) ? all[m.Name]
            : m.Name == DatapathMaps.Proxies ? MapContentsBuilder.Proxies(tables, ProxyPort)
            : m);
    }

    /// <summary>A local address for an endpoint that has none of the family; its source address is not checked then.</summary>
    private static IpAddress StandIn(IpAddress remote)
    {
        var address = IpAddress.Parse(remote.Family == AddressFamily.IPv4 ? "198.19.255.254" : "2001:2:0:ffff::fffe");
        return address == remote ? address with { Value = address.Value - 1 } : address;
    }
}
