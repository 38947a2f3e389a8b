using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Explain;

/// <summary>What a request comes to: a flow, or one for each backend of a service or address of a name.</summary>
/// <param name="Flows">In order; empty: the service has nobody who answers.</param>
/// <param name="Frontend">The service that translates the destination; null: none does.</param>
public sealed record ResolvedFlow(ImmutableArray<Flow> Flows, ServiceFrontend? Frontend);
