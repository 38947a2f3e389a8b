namespace PolicyCompiler.Core.Graph;

/// <summary>Where a service sends a connection.</summary>
/// <param name="End">The pod, or an address that is no pod's.</param>
/// <param name="Port">Destination port after translation.</param>
public readonly record struct ServiceBackend(FlowPeer End, int Port);
