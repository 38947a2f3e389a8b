using System.Collections.Immutable;

namespace PolicyCompiler.Core.Diff;

/// <summary>The flows from each of the sources to each of the destinations, on each of the ports.</summary>
public sealed record FlowBox(ImmutableArray<DiffEnd> Sources, ImmutableArray<DiffEnd> Destinations, PortKeySet Ports)
{
    /// <summary>There is no such flow: a pod has none to itself.</summary>
    public bool IsEmpty => Sources.IsEmpty || Destinations.IsEmpty || Ports.IsEmpty
        || (Sources is [DiffEnd.Workload { OnePod: { } pod }] && Destinations is [DiffEnd.Workload { OnePod: { } other }] && pod == other);
}
