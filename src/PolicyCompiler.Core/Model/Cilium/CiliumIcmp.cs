using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>A field of icmps.</summary>
public sealed record CiliumIcmp(AddressFamily Family, byte Type, SourceSpan Span);
