using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;

namespace PolicyCompiler.Core.Exposure;

/// <summary>What is open to pods and namespaces that do not exist yet, and to the outside.</summary>
/// <param name="Rows">By workload in order, egress first; a set of peers that is told by a larger one has no row.</param>
/// <param name="Skipped">Workloads whose selectors tell more kinds of pods apart than <see cref="PotentialPods.Limit"/>.</param>
public sealed record ExposureReport(ImmutableArray<ExposureRow> Rows, ImmutableArray<ConnectivityEnd> Skipped);
