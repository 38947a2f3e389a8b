using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Names;

namespace PolicyCompiler.Core.Tables;

/// <summary>All identities and the addresses that have them.</summary>
/// <param name="Identities">By index; entry 0 is a placeholder that no address has.</param>
/// <param name="IpCache">Endpoint addresses, then prefixes, each in address order.</param>
/// <param name="Blocks">The distinct ipBlocks of all policies with their scopes, in order of address.</param>
/// <param name="NamePatterns">The distinct name patterns of all policies, in order of their text.</param>
/// <param name="NameClasses">Sets of patterns that a name, or names of one address, can match.</param>
/// <param name="EndpointIdentities">Identity index of each endpoint in the order of the cluster view; 0 for host-network pods.</param>
public sealed record IdentityTable(
    ImmutableArray<Identity> Identities,
    ImmutableArray<IpCacheEntry> IpCache,
    ImmutableArray<Peer.Cidr> Blocks,
    ImmutableArray<NamePattern> NamePatterns,
    NameClasses NameClasses,
    ImmutableArray<int> EndpointIdentities)
{
    /// <summary>Levels of every identity trie: 2 up to 4,096 identities, 3 beyond.</summary>
    public int Levels => PageStore.LevelsFor(Identities.Length, least: 2);
}
