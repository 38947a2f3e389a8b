using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>An item of toPorts.</summary>
/// <param name="Ports">Empty: all ports.</param>
/// <param name="Proxy">What sends the connections through a proxy; null: nothing does.</param>
/// <param name="Span">The list item.</param>
public sealed record CiliumPortRule(ImmutableArray<CiliumPort> Ports, ProxyRule? Proxy, SourceSpan Span);
