using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>An address and where it is written.</summary>
internal readonly record struct StatedAddress(IpAddress Value, SourceSpan Span);
