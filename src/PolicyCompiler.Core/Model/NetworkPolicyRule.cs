using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>An item of spec.ingress or spec.egress.</summary>
/// <param name="Peers"><c>from</c> or <c>to</c>; absent and empty both mean any peer.</param>
/// <param name="Ports"><c>ports</c>; absent and empty both mean all traffic.</param>
/// <param name="Span">The item.</param>
public sealed record NetworkPolicyRule(ImmutableArray<NetworkPolicyPeer> Peers, ImmutableArray<NetworkPolicyPort> Ports, SourceSpan Span);
