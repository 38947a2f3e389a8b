using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Diff;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Kernel;
using PolicyCompiler.Pipeline.Bundles;
using PolicyCompiler.Pipeline.Comparison;
using PolicyCompiler.Tests.Shared;

namespace PolicyCompiler.Pipeline.Tests.Bundles;

/// <summary>A bundle decides as the policies do that it was compiled from, and its decisions name the same rules.</summary>
public sealed class BundleTablesReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policyc-test-").FullName;

    public static TheoryData<string> Cases => [.. Repository.ValidCases];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void ABundleIsNoDifferenceToItsPolicies(string name)
    {
        var compilation = Compile(name, CompileStage.Objects);
        if (compilation.Objects.IsEmpty)
        {
            return;
        }

        var tables = BundleTablesReader.Read(Bundle(compilation)).Value!;
        Assert.Empty(DiffBuilder.Build(tables, ComparableProxies.Of(compilation.Tables!)).Differences);
        Assert.Empty(DiffBuilder.Build(ComparableProxies.Of(compilation.Tables!), tables).Differences);
        Assert.Equal(
            compilation.Tables!.Graph.Rules.Select(r => $"{compilation.Graph!.PolicyOf(r).Reference} {r.Place} {r.Span.LogicalLocation}"),
            tables.Graph.Rules.Select(r => $"{tables.Graph.PolicyOf(r).Reference} {r.Place} {r.Span.LogicalLocation}"));
        Assert.Equal(
            compilation.Graph!.Cluster.Endpoints.Where(e => e.StandsForPods && !e.HostNetwork).Select(e => e.Reference),
            tables.Graph.Cluster.Endpoints.Where(e => e.StandsForPods).Select(e => e.Reference));
    }

    /// <summary>Otherwise the test above could pass because the reader sees nothing.</summary>
    [Theory]
    [InlineData("all-kinds-together")]
    [InlineData("cilium-http")]
    [InlineData("cilium-names")]
    [InlineData("online-boutique")]
    public void AgainstNoPoliciesABundleDiffersAsItsPoliciesDo(string name)
    {
        var compilation = Compile(name, CompileStage.Objects);
        var without = PolicyCompiler.Core.Tables.PolicyTablesBuilder.Build(
            RuleGraphBuilder.Build(compilation.Input! with { Policies = new([]) }, new GraphOptions()).Value!).Value!;
        var tables = BundleTablesReader.Read(Bundle(compilation)).Value!;
        var expected = DiffBuilder.Build(without, ComparableProxies.Of(compilation.Tables!));
        Assert.NotEmpty(expected.Differences);
        Assert.Equal(expected.Differences.Select(Describe), DiffBuilder.Build(without, tables).Differences.Select(Describe));
    }

    private static string Describe(Difference difference) =>
        $"{difference.Kind} {string.Join(' ', difference.Sources)} > {string.Join(' ', difference.Destinations)} {difference.Ports} {difference.Before} {difference.After} "
        + string.Join(' ', difference.Sides.SelectMany(s => s.After?.Rules ?? []).Select(r => $"{r} {r.Span.LogicalLocation}"));

    private EnforcementBundle Bundle(Compilation compilation)
    {
        var target = Path.Combine(_folder, "bundle");
        Assert.Null(BundleWriter.Write(BundleWriter.Files(compilation, "test"), target));
        return BundleReader.Read(target).Value!;
    }

    private static Compilation Compile(string name, CompileStage until) => new CompilePipeline(new LlvmCodeGenerator(), new LibbpfVerifier(), Stream.Null)
        .Compile(new CompileRequest([Repository.CasePath(name)], new GraphOptions(), until));
}
