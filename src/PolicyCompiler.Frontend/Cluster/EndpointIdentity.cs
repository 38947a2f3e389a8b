using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>A CiliumEndpoint: the identity number of the pod of the same name.</summary>
internal sealed record EndpointIdentity(string Namespace, string Name, uint Number, SourceSpan Span);
