using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>The identities that addresses in a prefix can have.</summary>
internal sealed class ExceptIdentities(PolicyTables tables)
{
    /// <param name="prefix">The addresses.</param>
    /// <param name="scope">Whose addresses the block can match.</param>
    public IReadOnlyList<int> Within(IpPrefix prefix, AddressScope scope)
    {
        var cached = tables.Identities.IpCache.Where(e => prefix.Contains(e.Prefix)).ToList();
        var around = cached.Exists(e => e.Prefix == prefix) ? [] : new[] { OfOutside(prefix) };
        return
        [
            .. cached.Select(e => e.IdentityIndex).Concat(around).Distinct().Where(i => IsInScope(tables.Identities.Identities[i], scope)).Order(),
        ];
    }

    /// <summary>The longest prefix around it.</summary>
    private int OfOutside(IpPrefix prefix) => tables.Identities.IpCache
        .Where(e => !e.IsEndpoint && e.Prefix.Contains(prefix)).OrderByDescending(e => e.Prefix.Length).Select(e => (int?)e.IdentityIndex)
        .FirstOrDefault() ?? Identity.WorldIndex(prefix.Family);

    private static bool IsInScope(Identity identity, AddressScope scope) => identity.Kind switch
    {
        IdentityKind.Labels => scope == AddressScope.Everywhere,
        IdentityKind.Node => scope >= AddressScope.OutsideAndNodes,
        _ => identity.IsOutside,
    };
}
