using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Tables;

/// <summary>Gives an id to every distinct set of rules that a proxy serves together.</summary>
/// <param name="firstDecision">The first id.</param>
internal sealed class ProxyDecisionTable(int firstDecision)
{
    private readonly List<ProxyDecision> _decisions = [];
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);

    public ImmutableArray<ProxyDecision> ToImmutable() => [.. _decisions];

    /// <summary>The verdict word of a set.</summary>
    public VerdictWord WordOf(ImmutableArray<RuleId> members, bool allowsEverything, bool needsAuthentication)
    {
        var key = $"{string.Join(',', members.Select(m => m.Value))};{allowsEverything}";
        if (!_byKey.TryGetValue(key, out var index))
        {
            _byKey.Add(key, index = _decisions.Count);
            _decisions.Add(new ProxyDecision(firstDecision + index, members, allowsEverything));
        }

        return new VerdictWord(
            needsAuthentication ? VerdictAction.AuthenticateAndRedirect : VerdictAction.Redirect, firstDecision + index);
    }
}
