using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>An entity and where it is written.</summary>
public readonly record struct CiliumEntity(Entity Entity, SourceSpan Span);
