using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>A policy as written: nothing defaulted, nothing resolved.</summary>
/// <param name="Kind">The Kubernetes kind.</param>
/// <param name="Namespace">Empty for a cluster-scoped kind.</param>
/// <param name="Name">metadata.name.</param>
/// <param name="Span">Where the name stands.</param>
public abstract record PolicyObject(string Kind, string Namespace, string Name, SourceSpan Span);
