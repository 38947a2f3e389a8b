using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Exposure;

/// <summary>What a workload opens to a set of peers, on its own side: the peer's side is not known yet.</summary>
/// <param name="End">The workload; of one with pods that policies tell apart, any of its pods.</param>
/// <param name="Direction">Into it, or out of it.</param>
/// <param name="Peers">Whom it is open to.</param>
/// <param name="Ports">Open to every one of these peers.</param>
/// <param name="Some">Open to at least one of them; never fewer than <paramref name="Ports"/>.</param>
/// <param name="Names">Port names that open something on peers which have a container port of that name.</param>
/// <param name="Rules">The rules that open it, ascending; none where no policy isolates the workload.</param>
/// <param name="IsIsolated">Whether a policy isolates it in this direction.</param>
public sealed record ExposureRow(
    ConnectivityEnd End,
    Direction Direction,
    ExposedTo Peers,
    PortSet Ports,
    PortSet Some,
    ImmutableArray<string> Names,
    ImmutableArray<RuleId> Rules,
    bool IsIsolated);
