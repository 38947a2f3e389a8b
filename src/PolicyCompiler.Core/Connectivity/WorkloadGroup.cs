using System.Collections.Immutable;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>Ends whose pods are of the same classes: everybody may open the same to each of them, and they to everybody.</summary>
/// <param name="Index">Number of the group.</param>
/// <param name="Classes">Distinct classes of the pods of each end.</param>
/// <param name="Repeated">Those of them that more than one pod is of; told where an end has a row with itself.</param>
internal sealed record WorkloadGroup(int Index, ImmutableArray<EndpointClass> Classes, ImmutableHashSet<EndpointClass> Repeated);
