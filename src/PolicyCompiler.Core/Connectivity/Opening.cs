using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What is open between two ends, and the decisions that open it.</summary>
internal readonly record struct Opening(PortSet Ports, ImmutableArray<int> Egress, ImmutableArray<int> Ingress)
{
    public static Opening None { get; } = new(PortSet.Empty, [], []);

    /// <summary>What is open in either.</summary>
    public static Opening Union(Opening a, Opening b, PortSetPool pool) =>
        a.Ports.IsEmpty ? b
        : b.Ports.IsEmpty ? a
        : new Opening(pool.Union(a.Ports, b.Ports), Union(a.Egress, b.Egress), Union(a.Ingress, b.Ingress));

    private static ImmutableArray<int> Union(ImmutableArray<int> a, ImmutableArray<int> b) =>
        a.SequenceEqual(b) ? a : [.. a.Union(b).Order()];
}
