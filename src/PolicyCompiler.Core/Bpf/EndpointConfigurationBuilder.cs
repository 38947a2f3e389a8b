using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Bpf;

/// <summary>What the program instance of one endpoint is configured with.</summary>
public static class EndpointConfigurationBuilder
{
    /// <param name="tables">The tables.</param>
    /// <param name="endpoint">Index in the cluster view; not a host-network pod.</param>
    /// <param name="endpointId">Number of the endpoint on its node.</param>
    /// <param name="revision">Policy revision.</param>
    public static EndpointConfiguration Build(PolicyTables tables, int endpoint, uint endpointId, uint revision)
    {
        var subject = tables.Graph.Cluster.Endpoints[endpoint];
        var node = tables.Graph.NodeOf(subject);
        var policy = tables.EndpointPolicies[tables.EndpointPolicyIndex[endpoint]];
        return new EndpointConfiguration
        {
            EndpointId = endpointId,
            Revision = revision,
            // A node sends from several addresses, and is not its own peer.
            IPv4 = subject.IsNode ? null : subject.Address(AddressFamily.IPv4),
            IPv6 = subject.IsNode ? null : subject.Address(AddressFamily.IPv6),
            NodeIPv4 = subject.IsNode ? null : node?.Address(AddressFamily.IPv4),
            NodeIPv6 = subject.IsNode ? null : node?.Address(AddressFamily.IPv6),
            Ingress = Roots(tables.Of(policy, Direction.Ingress)),
            Egress = Roots(tables.Of(policy, Direction.Egress)),
        };
    }

    private static (uint IdentityRoot, uint PortRoot) Roots(DirectionPolicy policy) => (policy.IdentityRoot, policy.PortRoot);
}
