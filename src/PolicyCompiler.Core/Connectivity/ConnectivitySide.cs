using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What one side opens, whether or not the other one does.</summary>
/// <param name="Ports">The open ports.</param>
/// <param name="Decided">By decision in ascending order; none for an end that policies do not apply to.</param>
public readonly record struct ConnectivitySide(PortSet Ports, ImmutableArray<DecidedPorts> Decided)
{
    internal static ConnectivitySide Closed { get; } = new(PortSet.Empty, []);

    internal static ConnectivitySide Union(ConnectivitySide a, ConnectivitySide b, PortSetPool pool) =>
        new(pool.Union(a.Ports, b.Ports), DecidedPorts.Union(a.Decided, b.Decided, pool));
}
