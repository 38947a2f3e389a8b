using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Exposure;

/// <summary>What is open to a set of peers.</summary>
/// <param name="Ports">To every one of them.</param>
/// <param name="Some">To at least one of them.</param>
/// <param name="Names">Port names that open more.</param>
/// <param name="Rules">Rules that open something to one of them.</param>
internal sealed record SetExposure(PortSet Ports, PortSet Some, ImmutableHashSet<string> Names, ImmutableHashSet<RuleId> Rules)
{
    public static SetExposure Nothing { get; } = new(PortSet.Empty, PortSet.Empty, [], []);

    public bool IsNothing => Some.IsEmpty && Names.IsEmpty;

    /// <param name="segments">The ports of each answer.</param>
    /// <param name="asked">The ports that are asked about.</param>
    /// <param name="answers">Of each kind of pod in the set; not empty.</param>
    public static SetExposure Of(ImmutableArray<PortKeyRange> segments, PortSet asked, IReadOnlyCollection<PodExposure> answers)
    {
        return new SetExposure(
            Where(i => answers.All(a => a.Always[i])),
            Where(i => answers.Any(a => a.Plain[i])),
            [.. answers.SelectMany(a => a.Names)],
            [.. answers.SelectMany(a => a.Rules)]);

        PortSet Where(Func<int, bool> condition) => PortSet.Of(segments.Where((_, i) => condition(i))).Intersect(asked);
    }

    /// <summary>Of either of two subjects: what any of the pods of a workload opens.</summary>
    public static SetExposure Union(SetExposure a, SetExposure b) =>
        new(a.Ports.Union(b.Ports), a.Some.Union(b.Some), a.Names.Union(b.Names), a.Rules.Union(b.Rules));
}
