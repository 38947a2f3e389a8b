using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Core.Proxy;

/// <summary>What one policy rule asks of the proxy.</summary>
/// <param name="RuleId">Number of the policy rule, given by the caller.</param>
/// <param name="Rule">Its L7 part.</param>
public sealed record ProxyRuleMember(int RuleId, ProxyRule Rule);
