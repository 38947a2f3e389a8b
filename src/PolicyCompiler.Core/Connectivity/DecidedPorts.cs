using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What a decision opens on its side.</summary>
/// <param name="Decision">Its id; <see cref="Tables.PolicyTables.Decision"/> tells the rule.</param>
/// <param name="Ports">Never empty.</param>
public readonly record struct DecidedPorts(int Decision, PortSet Ports)
{
    /// <summary>Both lists together, in ascending order of the id.</summary>
    internal static ImmutableArray<DecidedPorts> Union(ImmutableArray<DecidedPorts> a, ImmutableArray<DecidedPorts> b, PortSetPool pool) =>
        a == b || b.IsEmpty ? a
        : a.IsEmpty ? b
        : [
            .. a.Concat(b).GroupBy(d => d.Decision).OrderBy(g => g.Key)
                .Select(g => new DecidedPorts(g.Key, g.Select(d => d.Ports).Aggregate(pool.Union))),
        ];
}
