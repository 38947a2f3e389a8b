using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Tables;

/// <summary>A decision that sends connections to a proxy: the rules whose requests it must check, as one set.</summary>
/// <param name="Decision">Its id.</param>
/// <param name="Members">The rules, ascending; never empty.</param>
/// <param name="AllowsEverything">
/// Some other rule allows the same connections whatever is asked on them, or a member only observes.
/// </param>
public sealed record ProxyDecision(int Decision, ImmutableArray<RuleId> Members, bool AllowsEverything);
