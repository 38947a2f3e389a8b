using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>
/// The addresses of a family, without gaps and in order, as ranges of one class each. Addresses of pods do not interrupt
/// them: pods have rows of their own. Those of nodes and of names do, where policies tell them apart.
/// </summary>
internal static class AddressPartition
{
    public static ImmutableArray<(IpAddress First, IpAddress Last, AddressClass Class)> Of(PolicyTables tables, TableEvaluator evaluator, AddressFamily family)
    {
        var ranges = new List<(IpAddress First, IpAddress Last, AddressClass Class)>();
        var next = new IpAddress(family, UInt128.Zero);
        var everything = new IpPrefix(next, 0);
        var around = new Stack<(IpPrefix Prefix, AddressClass Class)>();
        around.Push((everything, AddressClass.Of(Identity.WorldIndex(family))));
        var isComplete = false;
        var single = Single(tables, family);
        var blocks = tables.Identities.IpCache.Where(e => e.Prefix.Family == family && !e.IsEndpoint).Select(e => (e.Prefix, Identity: (int?)e.IdentityIndex));
        foreach (var entry in blocks.Concat(single.Select(a => (Prefix: new IpPrefix(a, a.Bits), Identity: (int?)null))).OrderBy(e => e.Prefix).ThenBy(e => e.Identity is null))
        {
            while (!around.Peek().Prefix.Contains(entry.Prefix))
            {
                Close();
            }

            if (next.Value < entry.Prefix.Address.Value)
            {
                Add(entry.Prefix.Address with { Value = entry.Prefix.Address.Value - 1 }, around.Peek().Class);
            }

            around.Push((entry.Prefix, entry.Identity is { } identity ? AddressClass.Of(identity) : AtAddress(entry.Prefix.Address, around.Peek().Class.Identity)));
        }

        while (around.Count > 0)
        {
            Close();
        }

        return [.. ranges];

        void Close()
        {
            var (prefix, addresses) = around.Pop();
            if (!isComplete && next.Value <= prefix.Last.Value)
            {
                Add(prefix.Last, addresses);
            }
        }

        void Add(IpAddress last, AddressClass addresses)
        {
            if (ranges.Count > 0 && ranges[^1].Class == addresses)
            {
                ranges[^1] = ranges[^1] with { Last = last };
            }
            else
            {
                ranges.Add((next, last, addresses));
            }

            // The highest IPv6 address has no next.
            isComplete = last == everything.Last;
            next = isComplete ? last : last with { Value = last.Value + 1 };
        }

        AddressClass AtAddress(IpAddress address, int surrounding)
        {
            var known = EndpointClass.OfAddress(tables, evaluator, address);
            var node = tables.Identities.Identities[known.Identity] is { IsNodeAddressOfPods: true } identity ? identity.Node!.Name : null;
            return new AddressClass(known.Identity, surrounding, node, known.Egress, known.Ingress);
        }
    }

    /// <summary>Addresses that are told from those around them: of names, of nodes, and of nodes that policies select.</summary>
    private static IEnumerable<IpAddress> Single(PolicyTables tables, AddressFamily family) => tables.Identities.IpCache
        .Where(e => tables.Identities.Identities[e.IdentityIndex].Kind is IdentityKind.Node or IdentityKind.Name).Select(e => e.Prefix.Address)
        .Concat(tables.Graph.NodesByAddress.Keys.Where(a => tables.Graph.SubjectAt(a) is not null))
        // An address that a pod and a node state is the pod's.
        .Where(a => a.Family == family && tables.Graph.EndpointAt(a) is null).Distinct();

    /// <summary>Whether rows of that family tell anything: a pod is known to have it, or a policy speaks of it.</summary>
    public static bool Matters(IdentityTable identities, AddressFamily family) => family == AddressFamily.IPv4
        || identities.IpCache.Any(e => e.Prefix.Family == family && !e.IsSynthetic);
}
