using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>An item of <c>from</c> or <c>to</c>: selectors, or an IP block.</summary>
public sealed record NetworkPolicyPeer(LabelSelector? PodSelector, LabelSelector? NamespaceSelector, IpBlock? IpBlock, SourceSpan Span);
