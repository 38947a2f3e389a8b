using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>All that decides about an endpoint's connections: endpoints of one class have the same.</summary>
/// <param name="Egress">Index of its direction policy; a host-network pod's is its node's, <see cref="SideAnswers.NoPolicy"/> where no policy selects that.</param>
/// <param name="Ingress">The same for ingress.</param>
/// <param name="Identity">Identity index that others know it by when the two have no address family in common.</param>
/// <param name="IPv4Identity">Identity index that others know its IPv4 address by; -1 when it has none.</param>
/// <param name="IPv6Identity">The same for IPv6.</param>
internal readonly record struct EndpointClass(int Egress, int Ingress, int Identity, int IPv4Identity, int IPv6Identity)
{
    public const int NoAddress = -1;

    public bool Has(AddressFamily family) => IdentityIn(family) != NoAddress;

    public int IdentityIn(AddressFamily family) => family == AddressFamily.IPv4 ? IPv4Identity : IPv6Identity;

    public static EndpointClass Of(PolicyTables tables, TableEvaluator evaluator, int index)
    {
        var endpoint = tables.Graph.Cluster.Endpoints[index];
        if (endpoint.HostNetwork)
        {
            return OfHost(tables, evaluator, endpoint);
        }

        var policy = tables.EndpointPolicies[tables.EndpointPolicyIndex[index]];
        var identity = tables.Identities.EndpointIdentities[index];
        return new EndpointClass(policy.Egress, policy.Ingress, identity, IdentityIn(AddressFamily.IPv4), IdentityIn(AddressFamily.IPv6));

        // Blocks that match pods tell their addresses apart. An address that two pods state is the first one's.
        int IdentityIn(AddressFamily family) => endpoint.Address(family) is not { } address ? NoAddress
            : ReferenceEquals(tables.Graph.EndpointAt(address), endpoint) ? evaluator.IdentityOf(address)
            : identity;
    }

    /// <summary>An address that is no pod's: no policy subject, unless it is that of a node that policies select.</summary>
    public static EndpointClass OfAddress(PolicyTables tables, TableEvaluator evaluator, IpAddress address)
    {
        var identity = evaluator.IdentityOf(address);
        var (egress, ingress) = PoliciesOfNode(tables, address);
        return new EndpointClass(
            egress,
            ingress,
            identity,
            address.Family == AddressFamily.IPv4 ? identity : NoAddress,
            address.Family == AddressFamily.IPv6 ? identity : NoAddress);
    }

    /// <summary>To others a host-network pod is an address: its own or, when that is made up, its node's.</summary>
    private static EndpointClass OfHost(PolicyTables tables, TableEvaluator evaluator, Endpoint endpoint)
    {
        var addresses = tables.Graph.HostAddresses(endpoint);
        var ipv4 = IdentityIn(AddressFamily.IPv4);
        var ipv6 = IdentityIn(AddressFamily.IPv6);
        var any = ipv4 != NoAddress ? ipv4 : ipv6 != NoAddress ? ipv6 : Tables.Identity.WorldIPv4Index;
        var (egress, ingress) = addresses.IsEmpty ? (SideAnswers.NoPolicy, SideAnswers.NoPolicy) : PoliciesOfNode(tables, addresses[0]);
        return new EndpointClass(egress, ingress, any, ipv4, ipv6);

        int IdentityIn(AddressFamily family) =>
            addresses.Where(a => a.Family == family).Select(evaluator.IdentityOf).FirstOrDefault(NoAddress);
    }

    /// <summary>The direction policies of the node that has the address, where policies select it.</summary>
    private static (int Egress, int Ingress) PoliciesOfNode(PolicyTables tables, IpAddress address)
    {
        if (tables.Graph.SubjectAt(address) is not { IsNode: true } node)
        {
            return (SideAnswers.NoPolicy, SideAnswers.NoPolicy);
        }

        var policy = tables.EndpointPolicies[tables.EndpointPolicyIndex[tables.Graph.Cluster.Endpoints.IndexOf(node)]];
        return (policy.Egress, policy.Ingress);
    }
}
