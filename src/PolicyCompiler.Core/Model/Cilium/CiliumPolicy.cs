using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>cilium.io/v2 CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Namespace">Empty for the cluster-wide kind.</param>
/// <param name="Name">metadata.name.</param>
/// <param name="Rules"><c>spec</c> first, then the items of <c>specs</c>.</param>
/// <param name="Span">Where the name stands.</param>
public sealed record CiliumPolicy(string Kind, string Namespace, string Name, ImmutableArray<CiliumRule> Rules, SourceSpan Span)
    : PolicyObject(Kind, Namespace, Name, Span)
{
    public const string NamespacedKind = "CiliumNetworkPolicy";

    public const string ClusterwideKind = "CiliumClusterwideNetworkPolicy";

    public bool IsClusterwide => Kind == ClusterwideKind;
}
