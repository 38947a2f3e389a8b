using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>Maps an address or a prefix to an identity.</summary>
/// <param name="Prefix">A full-length prefix of an endpoint is looked up by hash, all others by longest prefix.</param>
/// <param name="IdentityIndex">Index of the identity.</param>
/// <param name="IsEndpoint">True for an endpoint's own address.</param>
/// <param name="IsSynthetic">The address was made up by the compiler: an agent leaves it out.</param>
public sealed record IpCacheEntry(IpPrefix Prefix, int IdentityIndex, bool IsEndpoint, bool IsSynthetic);
