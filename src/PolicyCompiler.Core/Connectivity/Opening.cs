using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What is open between two ends, and what each side's decisions open.</summary>
/// <param name="Ports">Open on both sides.</param>
/// <param name="Egress">The source's side; of a single pair it is told even if nothing is open.</param>
/// <param name="Ingress">The destination's side.</param>
internal readonly record struct Opening(PortSet Ports, ImmutableArray<DecidedPorts> Egress, ImmutableArray<DecidedPorts> Ingress)
{
    public static Opening None { get; } = new(PortSet.Empty, [], []);

    /// <summary>What is open in either.</summary>
    public static Opening Union(Opening a, Opening b, PortSetPool pool) =>
        a.Ports.IsEmpty ? b
        : b.Ports.IsEmpty ? a
        : new Opening(pool.Union(a.Ports, b.Ports), DecidedPorts.Union(a.Egress, b.Egress, pool), DecidedPorts.Union(a.Ingress, b.Ingress, pool));
}
