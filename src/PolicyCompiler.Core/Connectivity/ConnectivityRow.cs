using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What one end may open to another.</summary>
/// <param name="Source">Who opens the connection.</param>
/// <param name="Destination">Who is addressed.</param>
/// <param name="Ports">The open ports; never empty.</param>
/// <param name="EgressDecisions">
/// Ids of the decisions that open something for this source towards this destination, ascending; none where the source is
/// no endpoint that policies apply to. <see cref="Tables.PolicyTables.Decision"/> tells their rules.
/// </param>
/// <param name="IngressDecisions">The same for the destination's side.</param>
public readonly record struct ConnectivityRow(
    ConnectivityEnd Source,
    ConnectivityEnd Destination,
    PortSet Ports,
    ImmutableArray<int> EgressDecisions,
    ImmutableArray<int> IngressDecisions);
