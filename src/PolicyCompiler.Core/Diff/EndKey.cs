using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>All that decides about an end's flows on both sides: ends of one class have the same.</summary>
/// <param name="Egress">What decides its egress.</param>
/// <param name="Ingress">What decides its ingress.</param>
/// <param name="IPv4">Number of the pair of identities that others know its IPv4 address by; -1 when it has none.</param>
/// <param name="IPv6">The same for IPv6.</param>
/// <param name="Node">The address, of a node, which pods may accept as their own; null for other ends.</param>
/// <param name="Entity">The reserved entity, for the same reason.</param>
internal readonly record struct EndKey(PolicyPair Egress, PolicyPair Ingress, int IPv4, int IPv6, IpAddress? Node = null, Entity? Entity = null);
