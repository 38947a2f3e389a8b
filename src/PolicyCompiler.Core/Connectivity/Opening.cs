namespace PolicyCompiler.Core.Connectivity;

/// <summary>What is open between two ends, and what each side opens.</summary>
/// <param name="Ports">Open on both sides.</param>
/// <param name="Egress">The source's side; of a single pair it is told even if nothing is open.</param>
/// <param name="Ingress">The destination's side.</param>
internal readonly record struct Opening(PortSet Ports, ConnectivitySide Egress, ConnectivitySide Ingress)
{
    public static Opening None { get; } = new(PortSet.Empty, ConnectivitySide.Closed, ConnectivitySide.Closed);

    /// <summary>What is open in either.</summary>
    public static Opening Union(Opening a, Opening b, PortSetPool pool) =>
        a.Ports.IsEmpty ? b
        : b.Ports.IsEmpty ? a
        : new Opening(pool.Union(a.Ports, b.Ports), ConnectivitySide.Union(a.Egress, b.Egress, pool), ConnectivitySide.Union(a.Ingress, b.Ingress, pool));
}
