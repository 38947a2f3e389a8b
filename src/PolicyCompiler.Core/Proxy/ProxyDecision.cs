using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Proxy;

/// <summary>What a proxy does with a request, and the rule that decided.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="RuleId">The policy rule that allows it; null when none does, or when everything is allowed.</param>
/// <param name="Part">The item in it, such as <c>http[1]</c>; null where it has no items.</param>
/// <param name="Span">Where that item is written; unknown without one.</param>
/// <param name="Reason">A sentence without a full stop.</param>
public sealed record ProxyDecision(ProxyVerdict Verdict, int? RuleId, string? Part, SourceSpan Span, string Reason)
{
    public bool Allowed => Verdict == ProxyVerdict.Allowed;
}
