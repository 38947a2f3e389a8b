using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Admin;

/// <summary>An item of ports or protocols.</summary>
/// <param name="Protocol">Null with a name: whatever protocol the container port has.</param>
/// <param name="First">First port; 0 with a name.</param>
/// <param name="Last">Last port, inclusive; 0 with a name.</param>
/// <param name="Name">Container port name; null for numbers.</param>
/// <param name="Span">The list item.</param>
public sealed record AdminPort(IpProtocol? Protocol, ushort First, ushort Last, string? Name, SourceSpan Span);
