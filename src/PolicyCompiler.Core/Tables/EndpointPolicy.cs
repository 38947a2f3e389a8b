using System.Collections.Immutable;

namespace PolicyCompiler.Core.Tables;

/// <summary>The resolved policy shared by all endpoints that have the same in both directions.</summary>
/// <param name="Index">Index in <see cref="PolicyTables.EndpointPolicies"/>.</param>
/// <param name="Ingress">Index of the direction policy.</param>
/// <param name="Egress">Index of the direction policy.</param>
/// <param name="Endpoints">The endpoints, as indexes into the cluster view.</param>
public sealed record EndpointPolicy(int Index, int Ingress, int Egress, ImmutableArray<int> Endpoints);
