using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>Workloads whose pods are of the same classes: everybody may open the same to each of them, and they to everybody.</summary>
/// <param name="Index">Number of the group.</param>
/// <param name="Classes">Distinct classes of the pods of each workload.</param>
internal sealed record WorkloadGroup(int Index, ImmutableArray<EndpointClass> Classes);
