using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model;

public sealed record Node(string Name, LabelSet Labels, ImmutableArray<IpAddress> Addresses, SourceSpan Span);
