namespace PolicyCompiler.Core.Graph;

/// <summary>Readings on which network plugins differ; see docs/semantics.md.</summary>
/// <param name="IpBlockMatchesPods">Whether an ipBlock matches the address of a pod. Cilium: no.</param>
public sealed record GraphOptions(bool IpBlockMatchesPods = false);
