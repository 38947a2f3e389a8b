using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

/// <summary>An item of <c>ports</c>.</summary>
/// <param name="Protocol">TCP when absent.</param>
/// <param name="Number">port as a number; null when absent or a name.</param>
/// <param name="Name">port as a container port name.</param>
/// <param name="EndPort">Inclusive end of the range that starts at <paramref name="Number"/>.</param>
/// <param name="Span">The item.</param>
public sealed record NetworkPolicyPort(IpProtocol? Protocol, ushort? Number, string? Name, ushort? EndPort, SourceSpan Span);
