using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>The addresses that are no pod's, node's or service's, in order, as ranges of one identity each.</summary>
internal sealed class AddressSpace
{
    private static readonly AddressFamily[] Families = [AddressFamily.IPv4, AddressFamily.IPv6];

    private readonly ImmutableArray<(AddressRange Range, int Identity)> _ranges;

    public AddressSpace(PolicyTables tables, TableEvaluator evaluator)
    {
        var graph = tables.Graph;
        var services = graph.Cluster.Services.SelectMany(s => s.ClusterAddresses.Concat(s.ExternalAddresses)).ToHashSet();
        var prefixes = tables.Identities.IpCache.Select(e => e.Prefix)
            .Concat(graph.NodesByAddress.Keys.Concat(graph.Cluster.Endpoints.SelectMany(e => e.Addresses)).Concat(services).Select(a => new IpPrefix(a, a.Bits)))
            .ToLookup(p => p.Family);
        _ranges = [.. Families.SelectMany(RangesOf)];

        IEnumerable<(AddressRange Range, int Identity)> RangesOf(AddressFamily family)
        {
            var all = AddressRange.All(family);
            UInt128[] starts =
            [
                .. prefixes[family].SelectMany(p => p.Last == all.Last ? [p.Address.Value] : new[] { p.Address.Value, p.Last.Value + 1 })
                    .Append(UInt128.Zero).Distinct().Order(),
            ];
            for (var i = 0; i < starts.Length; i++)
            {
                var first = new IpAddress(family, starts[i]);
                if (graph.EndpointAt(first) is null && graph.NodeAt(first) is null && !services.Contains(first))
                {
                    yield return (new AddressRange(first, i + 1 < starts.Length ? first with { Value = starts[i + 1] - 1 } : all.Last), evaluator.IdentityOf(first));
                }
            }
        }
    }

    /// <summary>For each identity that addresses of the set have: it, and the first such address.</summary>
    public IEnumerable<(IpAddress First, int Identity)> Classes(AddressSet set)
    {
        var seen = new HashSet<(AddressFamily, int)>();
        foreach (var wanted in set.Ranges)
        {
            var at = _ranges.BinarySearch((wanted, 0), ByFirst);
            // The range before the place where it would stand may reach into it.
            for (var i = at >= 0 ? at : Math.Max(0, ~at - 1); i < _ranges.Length && _ranges[i].Range.First.CompareTo(wanted.Last) <= 0; i++)
            {
                if (_ranges[i].Range.Intersect(wanted) is { } common && seen.Add((common.Family, _ranges[i].Identity)))
                {
                    yield return (common.First, _ranges[i].Identity);
                }
            }
        }
    }

    private static readonly IComparer<(AddressRange Range, int Identity)> ByFirst =
        Comparer<(AddressRange Range, int Identity)>.Create((a, b) => a.Range.CompareTo(b.Range));
}
