using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>
/// The tables of a bundle as they were compiled, as far as questions about flows need them: what rules select is not in a
/// bundle, so they are names with a place, and there are no entries. Host-network pods are not in a bundle either: what
/// others know of them is.
/// </summary>
public static class BundleTablesReader
{
    public static Stage<PolicyTables> Read(EnforcementBundle bundle)
    {
        try
        {
            var tables = Tables(bundle);
            Check(tables);
            return Stage.Of(tables);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or InvalidDataException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            return Stage.Of<PolicyTables>(null, [BundleDiagnostics.NotReadable.At(SourceSpan.None, bundle.Directory, e.Message)]);
        }
    }

    private static PolicyTables Tables(EnforcementBundle bundle)
    {
        var identities = new BundleIdentities(bundle);
        var cluster = BundleCluster.Read(bundle, identities.Nodes);
        var decisions = new BundleDecisions(bundle);
        var pages = MemoryMarshal.Cast<byte, uint>(bundle.Maps.Single(m => m.Name == MapContentsBuilder.Pages).Values.AsSpan()).ToArray();
        var policies = bundle.Endpoints.GetProperty("policies").EnumerateArray().ToList();
        var sides = policies.SelectMany(p => Directions.All, (p, d) => (Direction: d, Side: p.GetProperty(d.Word())))
            .DistinctBy(s => s.Side.GetProperty("directionPolicy").GetInt32())
            .OrderBy(s => s.Side.GetProperty("directionPolicy").GetInt32()).ToList();
        var isolating = decisions.Isolating.GetEnumerator();
        ImmutableArray<DirectionPolicy> directionPolicies = [.. sides.Select((s, i) => Direction(
            i, s.Direction, s.Side, s.Side.GetProperty("isolated").GetBoolean() && isolating.MoveNext() ? isolating.Current : [], pages, identities.Count))];

        var endpoints = bundle.Endpoints.GetProperty("endpoints").EnumerateArray().ToList();
        var graph = new RuleGraph(cluster, decisions.Policies, new GraphOptions(bundle.Manifest.GetProperty("ipBlockMatchesPods").GetBoolean()));
        return new PolicyTables(
            graph,
            identities.Table([.. endpoints.Select(e => e.GetProperty("identity").GetUInt32())]),
            directionPolicies,
            [.. policies.Select((p, i) => new EndpointPolicy(
                i, IndexOf(sides, p, Core.Graph.Direction.Ingress), IndexOf(sides, p, Core.Graph.Direction.Egress),
                [.. Enumerable.Range(0, endpoints.Count).Where(e => endpoints[e].GetProperty("policy").GetInt32() == i)]))],
            [.. endpoints.Select(e => e.GetProperty("policy").GetInt32())],
            decisions.Of(directionPolicies),
            decisions.Redirects,
            [.. pages]);
    }

    private static int IndexOf(List<(Direction Direction, JsonElement Side)> sides, JsonElement policy, Direction direction)
    {
        var number = policy.GetProperty(direction.Word()).GetProperty("directionPolicy").GetInt32();
        return sides.FindIndex(s => s.Side.GetProperty("directionPolicy").GetInt32() == number);
    }

    private static DirectionPolicy Direction(int index, Direction direction, JsonElement side, ImmutableArray<int> isolating, uint[] pages, int identities)
    {
        var portRoot = side.GetProperty("portRoot").GetUInt32();
        var ports = side.GetProperty("portLevels").GetInt32() == 0 ? [(PortKeyRange.Everything, 0)] : Ports(pages, portRoot);
        var (root, levels) = (side.GetProperty("identityRoot").GetUInt32(), side.GetProperty("identityLevels").GetInt32());
        // Whether there is a walk is all that tables are asked of their rows.
        ImmutableArray<(uint Page, int Identities)> rows = levels == 0 ? [(root, identities)] : [(root, 1), (root, identities - 1)];
        var letsOwnNodeIn = side.GetProperty("letsOwnNodeIn").GetBoolean();
        return new DirectionPolicy(
            index, direction, letsOwnNodeIn ? [0] : isolating, isolating, null, !letsOwnNodeIn, [], ports.Max(p => p.Item2) + 1, [.. ports], rows,
            default, root, portRoot, side.GetProperty("rowLevels").GetInt32());
    }

    /// <summary>The ranges of port keys of a trie, each with its column.</summary>
    private static List<(PortKeyRange Range, int Column)> Ports(uint[] pages, uint root)
    {
        var ranges = new List<(PortKeyRange Range, int Column)>();
        for (var key = 0; key < PortKey.Count; key++)
        {
            var page = root;
            for (var shift = PortKey.Bits; shift > 0;)
            {
                shift -= PortKey.Bits / PolicyTables.PortLevels;
                page = pages[((int)page * PolicyTables.PageSlots) + ((key >> shift) & (PolicyTables.PageSlots - 1))];
            }

            if (ranges.Count > 0 && ranges[^1].Column == (int)page)
            {
                ranges[^1] = (new PortKeyRange(ranges[^1].Range.First, key), (int)page);
            }
            else
            {
                ranges.Add((new PortKeyRange(key, key), (int)page));
            }
        }

        return ranges;
    }

    /// <summary>Walks to every cell, so that nobody else falls off the pages.</summary>
    /// <exception cref="IndexOutOfRangeException">A page is missing.</exception>
    private static void Check(PolicyTables tables)
    {
        var evaluator = new TableEvaluator(tables);
        foreach (var policy in tables.DirectionPolicies)
        {
            foreach (var row in Enumerable.Range(0, tables.Identities.Identities.Length).Select(i => evaluator.RowOf(policy, i)).Distinct())
            {
                foreach (var (_, column) in policy.PortClasses)
                {
                    evaluator.CellOf(policy, row, column);
                }
            }
        }
    }
}
