using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What one end may open to another.</summary>
/// <param name="Source">Who opens the connection.</param>
/// <param name="Destination">Who is addressed.</param>
/// <param name="Ports">The open ports; never empty.</param>
/// <param name="Egress">
/// What the source's side opens towards this destination, by decision in ascending order, whether or not the other side
/// opens it too; none where the source is no endpoint that policies apply to.
/// </param>
/// <param name="Ingress">The same for the destination's side.</param>
public readonly record struct ConnectivityRow(
    ConnectivityEnd Source,
    ConnectivityEnd Destination,
    PortSet Ports,
    ImmutableArray<DecidedPorts> Egress,
    ImmutableArray<DecidedPorts> Ingress)
{
    /// <summary>Ids of the decisions of the source's side.</summary>
    public ImmutableArray<int> EgressDecisions => [.. Egress.Select(d => d.Decision)];

    /// <summary>Ids of the decisions of the destination's side.</summary>
    public ImmutableArray<int> IngressDecisions => [.. Ingress.Select(d => d.Decision)];

    /// <summary>The decisions of a side that open something of this row, with what they open of it.</summary>
    public ImmutableArray<DecidedPorts> Deciding(Direction direction)
    {
        var ports = Ports;
        return
        [
            .. (direction == Direction.Ingress ? Ingress : Egress)
                .Select(d => d with { Ports = d.Ports.Intersect(ports) }).Where(d => !d.Ports.IsEmpty),
        ];
    }
}
