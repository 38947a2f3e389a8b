using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Agreement;

/// <summary>One decision to compare.</summary>
/// <param name="Endpoint">Index in the cluster view.</param>
/// <param name="Direction">Seen from the endpoint.</param>
/// <param name="Remote">The other side's address.</param>
/// <param name="PortKey">Protocol and destination port; see <see cref="Core.Tables.PortKey"/>.</param>
public readonly record struct AgreementPoint(int Endpoint, Direction Direction, IpAddress Remote, int PortKey)
{
    /// <param name="graph">The graph.</param>
    /// <param name="remote">The other end.</param>
    public Flow ToFlow(RuleGraph graph, FlowPeer remote)
    {
        var local = new FlowPeer(graph.Cluster.Endpoints[Endpoint], graph.Cluster.Endpoints[Endpoint].Address(Remote.Family));
        var (protocol, port) = Core.Tables.PortKey.Parse(PortKey);
        return Direction == Direction.Ingress
            ? new Flow(remote, local, Remote.Family, protocol, port)
            : new Flow(local, remote, Remote.Family, protocol, port);
    }
}
