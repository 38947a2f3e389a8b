using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>
/// The addresses of a family, without gaps and in order, as ranges of one identity each. Addresses of pods do not interrupt
/// them: pods have rows of their own.
/// </summary>
internal static class AddressPartition
{
    public static ImmutableArray<(IpAddress First, IpAddress Last, int Identity)> Of(IdentityTable identities, AddressFamily family)
    {
        var ranges = new List<(IpAddress First, IpAddress Last, int Identity)>();
        var next = new IpAddress(family, UInt128.Zero);
        var everything = new IpPrefix(next, 0);
        var around = new Stack<(IpPrefix Prefix, int Identity)>();
        around.Push((everything, Identity.WorldIndex(family)));
        var isComplete = false;
        foreach (var entry in identities.IpCache.Where(e => e.Prefix.Family == family && IsExternal(identities, e)).OrderBy(e => e.Prefix))
        {
            while (!around.Peek().Prefix.Contains(entry.Prefix))
            {
                Close();
            }

            if (next.Value < entry.Prefix.Address.Value)
            {
                Add(entry.Prefix.Address with { Value = entry.Prefix.Address.Value - 1 }, around.Peek().Identity);
            }

            around.Push((entry.Prefix, entry.IdentityIndex));
        }

        while (around.Count > 0)
        {
            Close();
        }

        return [.. ranges];

        void Close()
        {
            var (prefix, identity) = around.Pop();
            if (!isComplete && next.Value <= prefix.Last.Value)
            {
                Add(prefix.Last, identity);
            }
        }

        void Add(IpAddress last, int identity)
        {
            if (ranges.Count > 0 && ranges[^1].Identity == identity)
            {
                ranges[^1] = ranges[^1] with { Last = last };
            }
            else
            {
                ranges.Add((next, last, identity));
            }

            // The highest IPv6 address has no next.
            isComplete = last == everything.Last;
            next = isComplete ? last : last with { Value = last.Value + 1 };
        }
    }

    /// <summary>Whether rows of that family tell anything: a pod is known to have it, or a policy speaks of it.</summary>
    public static bool Matters(IdentityTable identities, AddressFamily family) => family == AddressFamily.IPv4
        || identities.IpCache.Any(e => e.Prefix.Family == family && (IsExternal(identities, e) || (e.IsEndpoint && !e.IsSynthetic)));

    private static bool IsExternal(IdentityTable identities, IpCacheEntry entry) =>
        !entry.IsEndpoint && identities.Identities[entry.IdentityIndex].Kind is IdentityKind.World or IdentityKind.Cidr;
}
