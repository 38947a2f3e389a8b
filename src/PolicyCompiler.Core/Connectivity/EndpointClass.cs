using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>All that decides about an endpoint's connections: endpoints of one class have the same.</summary>
/// <param name="Egress">Index of its direction policy; <see cref="SideAnswers.NoPolicy"/> for a host-network pod.</param>
/// <param name="Ingress">The same for ingress.</param>
/// <param name="Identity">Identity index that others know it by when the two have no address family in common.</param>
/// <param name="IPv4Identity">Identity index that others know its IPv4 address by; -1 when it has none.</param>
/// <param name="IPv6Identity">The same for IPv6.</param>
internal readonly record struct EndpointClass(int Egress, int Ingress, int Identity, int IPv4Identity, int IPv6Identity)
{
    public const int NoAddress = -1;

    public bool Has(AddressFamily family) => (family == AddressFamily.IPv4 ? IPv4Identity : IPv6Identity) != NoAddress;

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

    /// <summary>An address that is no policy subject.</summary>
    public static EndpointClass OfAddress(TableEvaluator evaluator, IpAddress address)
    {
        var identity = evaluator.IdentityOf(address);
        return new EndpointClass(
            SideAnswers.NoPolicy,
            SideAnswers.NoPolicy,
            identity,
            address.Family == AddressFamily.IPv4 ? identity : NoAddress,
            address.Family == AddressFamily.IPv6 ? identity : NoAddress);
    }

    /// <summary>To others a host-network pod is an address: its own or, when that is made up, its node's.</summary>
    private static EndpointClass OfHost(PolicyTables tables, TableEvaluator evaluator, Endpoint endpoint)
    {
        var node = endpoint.HasSyntheticAddresses ? tables.Graph.NodeOf(endpoint) : null;
        var known = node is { Addresses.IsEmpty: false };
        var ipv4 = IdentityIn(AddressFamily.IPv4);
        var ipv6 = IdentityIn(AddressFamily.IPv6);
        var any = ipv4 != NoAddress ? ipv4 : ipv6 != NoAddress ? ipv6 : Tables.Identity.WorldIPv4Index;
        return new EndpointClass(SideAnswers.NoPolicy, SideAnswers.NoPolicy, any, ipv4, ipv6);

        int IdentityIn(AddressFamily family) =>
            (known ? node!.Address(family) : endpoint.Address(family)) is { } address ? evaluator.IdentityOf(address) : NoAddress;
    }
}
