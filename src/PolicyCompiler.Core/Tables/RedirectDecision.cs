using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tables;

/// <summary>A decision that sends connections to a proxy: the rules whose requests it must check, as one set.</summary>
/// <param name="Decision">Its id.</param>
/// <param name="Members">The rules, ascending; never empty.</param>
/// <param name="AllowsEverything">
/// Some other rule allows the same connections whatever is asked on them, or a member only observes.
/// </param>
/// <param name="Set">What the proxy must do; null when the rules cannot be served together, which is an error.</param>
public sealed record RedirectDecision(int Decision, ImmutableArray<RuleId> Members, bool AllowsEverything, ProxyRuleSet? Set);
