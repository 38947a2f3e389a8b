using CsCheck;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Exposure;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>
/// What is said of pods that do not exist = what the tables say once they do: every pod that the labels of the generators can
/// make, in every namespace, is added to the cluster, which is then compiled again.
/// </summary>
public sealed class ExposurePropertyTests
{
    [Fact]
    public void NetworkPoliciesExposeWhatNewPodsGet() => Generators.Input.Sample(Check, iter: 40);

    [Fact]
    public void PoliciesOfAllKindsExposeWhatNewPodsGet() => MixedGenerators.PlainInput.Sample(Check, iter: 40);

    private static void Check(CompilerInput input)
    {
        var before = Tables(input);
        var exposure = ExposureBuilder.Build(before, ConnectivityBuilder.Build(before));
        Assert.Empty(exposure.Skipped);
        var complete = Generators.Names.All(n => input.Cluster.Namespaces.Any(x => x.Name == n));
        var (namespaces, pods) = NewPods.Of(input.Cluster);
        var after = Tables(input with { Cluster = NewPods.Add(input.Cluster, namespaces, pods) });
        var report = ConnectivityBuilder.Build(after, new ConnectivityOptions { Level = ConnectivityLevel.Pod });
        var groups = report.Ends.Select((end, i) => (end.Text, Group: report.Matrix.GroupOf[i])).ToDictionary(e => e.Text, e => e.Group, StringComparer.Ordinal);
        var byGroup = pods.ToLookup(p => groups[$"{p.Reference}[Pod]"]);
        foreach (var subject in input.Cluster.Endpoints.Where(e => !e.IsNode && !e.HostNetwork))
        {
            foreach (var direction in Directions.All)
            {
                var rules = before.Graph.PoliciesFor(subject).SelectMany(p => p.Rules).Where(r => r.Direction == direction).ToList();
                if (!rules.Any(r => r.Peers.Any(p => p is Peer.Cidr { Scope: AddressScope.Everywhere })))
                {
                    Check(subject, direction, isNamed: direction == Direction.Egress && rules.Exists(r => r.Ports.Any(p => p is PortMatch.Named)));
                }
            }
        }

        void Check(Endpoint subject, Direction direction, bool isNamed)
        {
            var own = groups[$"{subject.Reference}[Pod]"];
            var open = byGroup.ToDictionary(g => g.Key, g => direction == Direction.Ingress
                ? report.Matrix.Between(g.Key, own).Ingress.Ports
                : report.Matrix.Between(own, g.Key).Egress.Ports);
            var rows = exposure.Rows.Where(r => r.End.Text == $"{subject.Reference}[Pod]" && r.Direction == direction).ToList();
            var told = open.Keys.ToDictionary(k => k, _ => PortSet.Empty);
            foreach (var row in rows.Where(r => r.Peers is not (ExposedTo.Outside or ExposedTo.Named)))
            {
                var inside = byGroup.Where(g => g.Any(p => IsMember(row.Peers, p))).Select(g => g.Key).ToList();
                var (all, some) = (inside.Select(g => open[g]).Aggregate(PortSet.All, (a, b) => a.Intersect(b)), inside.Select(g => open[g]).Aggregate(PortSet.Empty, (a, b) => a.Union(b)));
                var what = $"{subject} {direction} {row.Peers}: said {row.Ports}, some {row.Some}; found {all}, some {some}";
                Assert.True(row.Ports.Intersect(all).Equals(row.Ports), what);
                Assert.True(row.Some.Intersect(some).Equals(some), what);
                if (complete)
                {
                    Assert.True(isNamed || row.Ports.Equals(all), what);
                    Assert.True(row.Some.Equals(some), what);
                }

                foreach (var group in inside)
                {
                    told[group] = told[group].Union(row.Some);
                }
            }

            // What is open to any new pod is told by one of the rows that it is in.
            Assert.All(open, o => Assert.True(o.Value.Intersect(told[o.Key]).Equals(o.Value), $"{subject} {direction}: {byGroup[o.Key].First().Labels} of {byGroup[o.Key].First().Namespace} gets {o.Value}, told {told[o.Key]}"));
        }

        bool IsMember(ExposedTo peers, Endpoint pod) => peers switch
        {
            ExposedTo.EntireCluster => true,
            ExposedTo.NewNamespaces => namespaces.Any(n => n.Name == pod.Namespace),
            ExposedTo.InNamespace one => one.Name == pod.Namespace,
            ExposedTo.Matching matching => after.Graph.Selects(matching.Selector, pod),
            _ => false,
        };
    }

    private static PolicyTables Tables(CompilerInput input) =>
        PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions()).Value!).Value!;
}
