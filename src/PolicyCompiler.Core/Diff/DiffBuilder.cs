using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>
/// Tables of two sides -> every difference in what they decide. All ends are put into classes that neither side can tell
/// apart; each pair of classes is compared on every port key, so that what is not reported is proven to be the same.
/// </summary>
/// <remarks>
/// Pods are the same on both sides by name, everything else by address. A flow has an answer where both ends have
/// addresses of its family; a pod without any address may get one of either.
/// </remarks>
public static class DiffBuilder
{
    /// <param name="old">Tables of the old side.</param>
    /// <param name="new">Tables of the new side.</param>
    public static DiffReport Build(PolicyTables old, PolicyTables @new)
    {
        var pool = new RowPool();
        var (before, after) = (new DiffSide(old, pool), new DiffSide(@new, pool));
        var identities = new IdentityPairs();
        var outside = new OutsideEnds(before, after, identities);
        var classes = EndClassBuilder.Build(before, after, identities, outside);
        var collector = new DifferenceCollector(classes);
        Compare(new PairComparison(before, after, pool, identities), classes, new CandidatePairs(before, after, identities, classes), new NodeLocality(before, after, classes), collector);

        var names = new EndNames(before, after, classes, outside.Occupied);
        var witnesses = new WitnessFinder(before, after);
        var (oldDecisions, newDecisions) = (new PolicyDecisions(old), new PolicyDecisions(@new));
        var differences = collector.All()
            .Select(d => new Difference(
                d.Change.Kind, names.Of(d.Sources), names.Of(d.Destinations), d.Change.Ports, d.Change.Family, d.Change.Before, d.Change.After,
                [.. Sides(d.Change, oldDecisions, newDecisions)], witnesses.Find(d.Change, d.Sources[0], d.Destinations[0])))
            .OrderBy(d => d.Kind)
            .ThenBy(d => d.Sources[0].Text, StringComparer.Ordinal).ThenBy(d => d.Destinations[0].Text, StringComparer.Ordinal)
            .ThenBy(d => d.Ports.Ranges[0]).ThenBy(d => d.Witness.ToString(), StringComparer.Ordinal);
        return new DiffReport([.. differences], classes.Count, names.Workloads, outside.Gap is { } gap ? [gap] : []);
    }

    private static void Compare(
        PairComparison comparison, List<EndClass> classes, CandidatePairs candidates, NodeLocality locality, DifferenceCollector collector)
    {
        foreach (var source in classes)
        {
            // Pods on the source's own node are asked apart from the others of their class.
            var others = new Dictionary<int, EndClass?>();
            foreach (var local in source.Key.Node is { } address ? locality.On(address).GroupBy(l => l.Class) : [])
            {
                var destination = classes[local.Key];
                var rest = destination.Members.Except(local.SelectMany(l => l.Pods)).ToList();
                others.Add(local.Key, rest.Count == 0 ? null : collector.Part(destination, rest));
                foreach (var (_, old, @new, pods) in local)
                {
                    var part = collector.Part(destination, pods);
                    collector.Add(comparison.Compare(source, part, old, @new), source, part);
                }
            }

            // To every pod the entity is its own node.
            if (source.Key.Entity == Entity.Host)
            {
                foreach (var pods in classes.Where(c => c.HasPods))
                {
                    collector.Add(comparison.Compare(source, pods, ownOld: true, ownNew: true), source, pods);
                    others.Add(pods.Index, null);
                }
            }

            foreach (var index in candidates.From(source))
            {
                if (others.GetValueOrDefault(index, classes[index]) is { } destination)
                {
                    collector.Add(comparison.Compare(source, destination), source, destination);
                }
            }
        }
    }

    private static IEnumerable<SideChange> Sides(FlowChange change, PolicyDecisions old, PolicyDecisions @new)
    {
        foreach (var (direction, ids) in new[] { (Direction.Egress, change.Egress), (Direction.Ingress, change.Ingress) })
        {
            if (ids != (-1, -1))
            {
                yield return new SideChange(direction, old.Of(ids.Old), @new.Of(ids.New));
            }
        }
    }
}
