using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>
/// What is open between groups of ends. Ends of one group have the same answers, so a large cluster has far fewer pairs of
/// groups than rows. Not safe for several readers at a time.
/// </summary>
public sealed class ConnectivityMatrix
{
    private readonly ImmutableArray<WorkloadGroup> _groups;
    private readonly WorkloadOpenings _between;
    private readonly ExternalOpenings _external;

    /// <param name="groupOf">Of each end.</param>
    /// <param name="groups">By index.</param>
    /// <param name="between">What is open between groups.</param>
    /// <param name="external">What is open between groups and addresses.</param>
    internal ConnectivityMatrix(
        ImmutableArray<int> groupOf, ImmutableArray<WorkloadGroup> groups, WorkloadOpenings between, ExternalOpenings external)
    {
        GroupOf = groupOf;
        _groups = groups;
        _between = between;
        _external = external;
    }

    /// <summary>The group of each end of the report.</summary>
    public ImmutableArray<int> GroupOf { get; }

    public int Groups => _groups.Length;

    /// <summary>
    /// From an end of one group to another end of the second. The sides of groups with one class of pods are told even if
    /// nothing is open.
    /// </summary>
    public (PortSet Ports, ConnectivitySide Egress, ConnectivitySide Ingress) Between(int source, int destination)
    {
        var opening = _between.Of(_groups[source], _groups[destination]);
        return (opening.Ports, opening.Egress, opening.Ingress);
    }

    /// <summary>To or from addresses that are no pod's: the longest ranges with the same ports, in address order.</summary>
    public IEnumerable<(ConnectivityEnd.Addresses Range, PortSet Ports, ImmutableArray<DecidedPorts> Decided)> External(int group, Direction direction) =>
        _external.Of(_groups[group].Classes, direction)
            .Select(o => (o.Range, o.Opening.Ports, direction == Direction.Ingress ? o.Opening.Ingress.Decided : o.Opening.Egress.Decided));
}
