using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// The new identity of what has an old one, where rules were deleted: pods and nodes by their addresses, all others by what
/// the rules that are left know of them.
/// </summary>
internal sealed class IdentityMap
{
    /// <summary>Nothing has the identity.</summary>
    public const int Nobody = -1;

    /// <summary>No rule that is left names any reserved entity, so that only rules for everyone match this one: the placeholder's row.</summary>
    public const int Unlisted = 0;

    /// <summary>The new tables should have one and do not.</summary>
    public const int Missing = -2;

    private readonly PolicyTables _before;
    private readonly HashSet<Peer.Cidr> _blocks;
    private readonly HashSet<NamePattern> _names;

    private IdentityMap(PolicyTables before, PolicyTables after)
    {
        _before = before;
        _blocks = [.. after.Identities.Blocks];
        _names = [.. after.Identities.NamePatterns];
    }

    /// <returns>By old index: the new one, <see cref="Nobody"/> or <see cref="Missing"/>.</returns>
    public static int[] Build(PolicyTables before, PolicyTables after) => new IdentityMap(before, after).Build(after);

    private int[] Build(PolicyTables after)
    {
        var evaluator = new TableEvaluator(after);
        var identities = _before.Identities.Identities;
        var map = new int[identities.Length];
        Array.Fill(map, Nobody);
        foreach (var entry in _before.Identities.IpCache.Where(e => identities[e.IdentityIndex].Kind is IdentityKind.Labels or IdentityKind.Node))
        {
            map[entry.IdentityIndex] = evaluator.IdentityOf(entry.Prefix.Address);
        }

        var endpoints = _before.Identities.EndpointIdentities;
        for (var i = 0; i < endpoints.Length; i++)
        {
            map[endpoints[i]] = endpoints[i] == 0 ? Nobody : after.Identities.EndpointIdentities[i];
        }

        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var identity in after.Identities.Identities.Skip(1).Where(IsKnownByAttributes))
        {
            known.TryAdd(AttributesOf(after, identity), identity.Index);
        }

        foreach (var identity in identities.Skip(1).Where(IsKnownByAttributes))
        {
            map[identity.Index] = known.GetValueOrDefault(AttributesOf(_before, identity), identity.Entity is null ? Missing : Unlisted);
        }

        return map;
    }

    private static bool IsKnownByAttributes(Identity identity) => identity.IsOutside || identity.Entity is not null;

    /// <summary>What some rule of the new tables can know of it.</summary>
    private string AttributesOf(PolicyTables tables, Identity identity) => string.Join(
        '\n',
        $"{identity.Entity} {identity.Family}",
        string.Join(';', identity.Blocks.Select(b => tables.Identities.Blocks[b]).Where(_blocks.Contains).Select(b => $"{b} {b.Scope}")),
        string.Join(';', identity.Names.Select(n => tables.Identities.NamePatterns[n]).Where(_names.Contains).Select(n => $"{n} {n.IsPattern}")));
}
