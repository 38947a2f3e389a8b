using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>An item of toServices: k8sService or k8sServiceSelector.</summary>
/// <param name="Name">serviceName of a k8sService; null for a selector.</param>
/// <param name="Selector">Selector over labels of services; null for a name.</param>
/// <param name="Namespace">Namespace of the services; empty when not written.</param>
/// <param name="Span">The list item.</param>
public sealed record CiliumServiceReference(string? Name, LabelSelector? Selector, string Namespace, SourceSpan Span);
