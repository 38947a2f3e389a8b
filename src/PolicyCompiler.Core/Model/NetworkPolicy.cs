using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>networking.k8s.io/v1 NetworkPolicy.</summary>
/// <param name="Namespace">metadata.namespace; <c>default</c> when absent.</param>
/// <param name="Name">metadata.name.</param>
/// <param name="PodSelector">spec.podSelector; everything when absent.</param>
/// <param name="PolicyTypes">spec.policyTypes as written; empty when absent or empty, which mean the same.</param>
/// <param name="Ingress">spec.ingress; absent and empty mean the same.</param>
/// <param name="Egress">spec.egress; absent and empty mean the same.</param>
/// <param name="Span">Where the name stands.</param>
public sealed record NetworkPolicy(
    string Namespace,
    string Name,
    LabelSelector PodSelector,
    ImmutableArray<NetworkPolicyType> PolicyTypes,
    ImmutableArray<NetworkPolicyRule> Ingress,
    ImmutableArray<NetworkPolicyRule> Egress,
    SourceSpan Span) : PolicyObject("NetworkPolicy", Namespace, Name, Span);
