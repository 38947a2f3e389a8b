using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Proxy;

/// <summary>An item of a rule held against a request.</summary>
/// <param name="Part">Such as <c>http[1]</c>; null for a rule without items, which allows all.</param>
/// <param name="Span">Where it is written.</param>
/// <param name="Failure">Why it does not match; null: it does.</param>
/// <param name="Note">What the proxy does beyond allowing; empty: nothing.</param>
internal readonly record struct ProxyItem(string? Part, SourceSpan Span, string? Failure, string Note = "");
