namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>Where a selector of a peer stands.</summary>
/// <param name="Namespace">Namespace of the policy; empty for a cluster-wide one.</param>
/// <param name="MatchesInit">The policy's subject names <c>reserved:init</c>, whose endpoints have no namespace.</param>
internal readonly record struct CiliumSelectorScope(string Namespace, bool MatchesInit);
