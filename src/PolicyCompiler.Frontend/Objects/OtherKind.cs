using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Frontend.Objects;

/// <summary>An object of a kind that has no part in network policy.</summary>
internal readonly record struct OtherKind(string ApiVersion, string Kind, SourceSpan Span);
