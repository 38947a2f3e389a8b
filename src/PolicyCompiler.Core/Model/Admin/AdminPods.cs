using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Admin;

/// <summary>Pods of some namespaces. The form <c>namespaces: SELECTOR</c> is all pods of these.</summary>
/// <param name="NamespaceSelector">Selector over namespace labels; empty: every namespace.</param>
/// <param name="PodSelector">Selector over pod labels; empty: every pod.</param>
/// <param name="Span">The field <c>namespaces</c> or <c>pods</c>.</param>
public sealed record AdminPods(LabelSelector NamespaceSelector, LabelSelector PodSelector, SourceSpan Span);
