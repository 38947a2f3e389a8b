using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>A CiliumIdentity: the number that the cluster has given to a set of labels.</summary>
/// <param name="Number">The number, which is the object's name.</param>
/// <param name="Labels">Its security labels, without their source; all are Kubernetes' own.</param>
/// <param name="Span">Where the name stands.</param>
internal sealed record IdentityManifest(uint Number, LabelSet Labels, SourceSpan Span);
