using PolicyCompiler.CodeGen;
using PolicyCompiler.Core.Bpf;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;
using PolicyCompiler.Frontend;
using PolicyCompiler.Kernel;

namespace PolicyCompiler.Benchmarks.Datapath;

/// <summary>Rule sets through the compiler and into the kernel.</summary>
internal static class CompiledSubjects
{
    /// <summary>Connections that every table has room for: as many as the LRU maps of the comparison programs.</summary>
    public const int Connections = 524_288;

    // struct policyc_ct_bucket of policyc_abi.h
    private const string ConnectionTable = "policyc_conntrack";
    private const int Ways = 8;
    private const int BucketSize = 512;

    /// <param name="name">What the rules differ in.</param>
    /// <param name="rules">How many there are.</param>
    /// <param name="source">The policy and its pods.</param>
    /// <param name="specialised">Whether the planner may give the policy code of its own.</param>
    /// <param name="directory">Where the compiled comparison programs are.</param>
    /// <param name="run">Shared by all subjects.</param>
    /// <returns>Null when the planner chooses tables although it may do otherwise: there is another subject for that.</returns>
    public static Subject? Create(string name, int rules, SourceText source, bool specialised, string directory, TestRunBuffer run)
    {
        var input = Value(InputReader.Read([source]));
        var tables = Value(PolicyTablesBuilder.Build(Value(RuleGraphBuilder.Build(input, new GraphOptions()))));
        var endpoint = tables.Graph.Cluster.Endpoints.ToList().FindIndex(e => e.Address(RuleSet.Endpoint.Family) == RuleSet.Endpoint);
        var plan = ProgramPlanner.Plan(tables, specialised ? ProgramPlanner.SpecialisedObjects : 0)[tables.EndpointPolicyIndex[endpoint]];
        if (specialised && plan.Ingress is DecisionPlan.Table)
        {
            return null;
        }

        var item = Value(new LlvmCodeGenerator().Generate("benchmark", plan));
        var contents = MapContentsBuilder.Build(tables);
        var maps = new DatapathMaps(contents.Add(new MapContents(ConnectionTable, 4, BucketSize, Connections / Ways, [], [])));
        var loaded = LoadedEndpoint.Load(item, maps, EndpointConfigurationBuilder.Build(tables, endpoint, endpointId: 1, revision: 1));
        var frames = new Frames();
        loaded.TestRun(Direction.Ingress, frames.First);
        loaded.TestRun(Direction.Egress, frames.Answer);
        loaded.TestRun(Direction.Ingress, frames.Later);
        var representation = specialised ? "inline" : "tables";
        return new Subject($"policyc, {representation}, {name}", rules, loaded.Program(Direction.Ingress), directory, run, loaded, maps)
        {
            TableBytes = contents.Sum(c => (long)c.Keys.Length + c.Values.Length),
        };
    }

    private static T Value<T>(Stage<T> stage)
        where T : class => stage.Value ?? throw new InvalidOperationException(string.Join('\n', stage.Diagnostics));
}
