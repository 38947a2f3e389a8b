using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>
/// One change with all flows it concerns: from each of the sources to each of the destinations, on each of the ports. A pod
/// has no flow to itself.
/// </summary>
/// <param name="Kind">Its direction.</param>
/// <param name="Sources">Who opens connections; workloads first, then in ordinal order.</param>
/// <param name="Destinations">Who is addressed.</param>
/// <param name="Ports">On which ports.</param>
/// <param name="Family">Over this family only; null: over every one that both ends have.</param>
/// <param name="Before">What happened to the flows.</param>
/// <param name="After">What happens now.</param>
/// <param name="Sides">The directions that make the difference, with the rules responsible.</param>
/// <param name="Witness">One of the flows.</param>
public sealed record Difference(
    ChangeKind Kind,
    ImmutableArray<DiffEnd> Sources,
    ImmutableArray<DiffEnd> Destinations,
    PortKeySet Ports,
    AddressFamily? Family,
    FlowEffect Before,
    FlowEffect After,
    ImmutableArray<SideChange> Sides,
    Witness Witness);
