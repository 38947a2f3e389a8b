using System.Collections.Immutable;

namespace PolicyCompiler.Core.Diff;

/// <summary>The flows from each of the sources to each of the destinations, on each of the ports.</summary>
public sealed record FlowBox(ImmutableArray<DiffEnd> Sources, ImmutableArray<DiffEnd> Destinations, PortKeySet Ports)
{
    public bool IsEmpty => Sources.IsEmpty || Destinations.IsEmpty || Ports.IsEmpty;
}
