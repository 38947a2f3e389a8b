using CsCheck;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Other levels, other ports and the matrix say the same as the rows of single pods, on random policies.</summary>
public sealed class ConnectivityLevelPropertyTests
{
    private static readonly PortSet Asked = PortSet.Of([new PortKeyRange(PortKey.Of(IpProtocol.Tcp, 60), PortKey.Of(IpProtocol.Tcp, 90)), PortKey.All(IpProtocol.Udp)]);

    [Fact]
    public void ANamespaceMayWhatAnyOfItsPodsMay() => Generators.Input.Sample(input =>
    {
        var tables = Tables(input);
        var pods = ConnectivityBuilder.Build(tables, new ConnectivityOptions { Level = ConnectivityLevel.Pod }).Rows
            .Where(r => r.Source is ConnectivityEnd.Workload && r.Destination is ConnectivityEnd.Workload)
            .GroupBy(r => (NamespaceOf(r.Source), NamespaceOf(r.Destination)))
            .ToDictionary(g => g.Key, g => g.Select(r => r.Ports).Aggregate((a, b) => a.Union(b)));
        var namespaces = ConnectivityBuilder.Build(tables, new ConnectivityOptions { Level = ConnectivityLevel.Namespace }).Rows
            .Where(r => r.Source is ConnectivityEnd.WholeNamespace && r.Destination is ConnectivityEnd.WholeNamespace)
            .ToDictionary(r => (NamespaceOf(r.Source), NamespaceOf(r.Destination)), r => r.Ports);
        Assert.Equal(pods.OrderBy(p => p.Key), namespaces.OrderBy(p => p.Key));
    }, iter: 60);

    [Fact]
    public void AskingForPortsLeavesTheOthersOut() => Generators.Input.Sample(input =>
    {
        var tables = Tables(input);
        var all = ConnectivityBuilder.Build(tables).Rows.Where(r => r.Source is ConnectivityEnd.Workload && r.Destination is ConnectivityEnd.Workload)
            .Select(r => (r.Source, r.Destination, Ports: r.Ports.Intersect(Asked))).Where(r => !r.Ports.IsEmpty);
        var rows = ConnectivityBuilder.Build(tables, new ConnectivityOptions { Ports = Asked }).Rows.ToList();
        Assert.Equal(all, rows.Where(r => r.Source is ConnectivityEnd.Workload && r.Destination is ConnectivityEnd.Workload).Select(r => (r.Source, r.Destination, r.Ports)));
        Assert.All(rows, r => Assert.All(r.Deciding(Direction.Ingress).Concat(r.Deciding(Direction.Egress)), d => Assert.Equal(d.Ports, d.Ports.Intersect(r.Ports))));
    }, iter: 60);

    /// <summary>Together the decisions of a side open exactly what the row has, or the end is no policy subject.</summary>
    [Fact]
    public void TheDecisionsOfARowOpenItsPorts() => Generators.Input.Sample(input =>
    {
        foreach (var row in ConnectivityBuilder.Build(Tables(input)).Rows)
        {
            foreach (var direction in Directions.All)
            {
                var deciding = row.Deciding(direction);
                Assert.True(deciding.IsEmpty || deciding.Select(d => d.Ports).Aggregate((a, b) => a.Union(b)).Equals(row.Ports), $"{row.Source} {row.Destination} {direction}");
            }
        }
    }, iter: 60);

    [Fact]
    public void TheMatrixHasTheSameConnectionsAsTheRows() => Generators.Input.Sample(input =>
    {
        var report = ConnectivityBuilder.Build(Tables(input));
        var rows = report.Rows.ToLookup(r => (r.Source, r.Destination), r => r.Ports);
        for (var i = 0; i < report.Ends.Length; i++)
        {
            var group = report.Matrix.GroupOf[i];
            for (var j = 0; j < report.Ends.Length; j++)
            {
                var (ports, egress, ingress) = report.Matrix.Between(group, report.Matrix.GroupOf[j]);
                Assert.Equal(i == j ? PortSet.Empty : ports, rows[(report.Ends[i], report.Ends[j])].SingleOrDefault() ?? PortSet.Empty);
                Assert.Equal(ports, egress.Ports.Intersect(ingress.Ports));
            }

            Assert.Equal(
                report.Rows.Where(r => r.Source == report.Ends[i] && r.Destination is ConnectivityEnd.Addresses).Select(r => $"{r.Destination} {r.Ports}").Order(StringComparer.Ordinal),
                report.Matrix.External(group, Direction.Egress).Select(o => $"{o.Range} {o.Ports}").Order(StringComparer.Ordinal));
        }
    }, iter: 40);

    private static string NamespaceOf(ConnectivityEnd end) => end switch
    {
        ConnectivityEnd.Workload workload => workload.Namespace,
        ConnectivityEnd.WholeNamespace all => all.Name,
        _ => "",
    };

    private static PolicyTables Tables(CompilerInput input) =>
        PolicyTablesBuilder.Build(RuleGraphBuilder.Build(input, new GraphOptions()).Value!).Value!;
}
