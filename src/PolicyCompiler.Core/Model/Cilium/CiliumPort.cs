using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>An item of ports.</summary>
/// <param name="Protocol">Null: ANY.</param>
/// <param name="Number">Port number; 0: all ports of the protocol; the type for ICMP. Null for a name.</param>
/// <param name="Name">Container port name, in lower case; null for a number.</param>
/// <param name="EndPort">Inclusive end of the range, greater than <paramref name="Number"/>; null: a single port.</param>
/// <param name="Span">The list item.</param>
public sealed record CiliumPort(IpProtocol? Protocol, ushort? Number, string? Name, ushort? EndPort, SourceSpan Span);
