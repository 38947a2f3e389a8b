using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Proxy;

namespace PolicyCompiler.Core.Tables;

/// <summary>Gives an id to every distinct set of rules that a proxy serves together.</summary>
/// <param name="graph">The graph.</param>
/// <param name="firstDecision">The first id.</param>
internal sealed class RedirectDecisionTable(RuleGraph graph, int firstDecision)
{
    public static readonly DiagnosticDescriptor Conflict = new(
        "NP3010",
        DiagnosticSeverity.Error,
        "Rules that no proxy can serve together",
        "the rule and {0} {1} {2} at {3} allow the same connections and ask for {4}");

    private readonly List<RedirectDecision> _decisions = [];
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);

    public List<Diagnostic> Diagnostics { get; } = [];

    public ImmutableArray<RedirectDecision> ToImmutable() => [.. _decisions];

    /// <summary>The verdict word of a set.</summary>
    public VerdictWord WordOf(ImmutableArray<RuleId> members, bool allowsEverything, bool needsAuthentication)
    {
        var key = $"{string.Join(',', members.Select(m => m.Value))};{allowsEverything}";
        if (!_byKey.TryGetValue(key, out var index))
        {
            _byKey.Add(key, index = _decisions.Count);
            _decisions.Add(new RedirectDecision(firstDecision + index, members, allowsEverything, Merge(members, allowsEverything)));
        }

        return new VerdictWord(
            needsAuthentication ? VerdictAction.AuthenticateAndRedirect : VerdictAction.Redirect, firstDecision + index);
    }

    private ProxyRuleSet? Merge(ImmutableArray<RuleId> members, bool allowsEverything)
    {
        var merge = ProxyRuleSetBuilder.Merge(members.Select(m => new ProxyRuleMember(m.Value, graph.Rules[m.Value].Proxy!)), allowsEverything);
        if (merge is ProxyMerge.Conflict conflict)
        {
            var (first, second) = (graph.Rules[conflict.First.RuleId], graph.Rules[conflict.Second.RuleId]);
            var policy = graph.PolicyOf(first);
            Diagnostics.Add(Conflict.At(second.Span, policy.Kind, policy.Reference, first.Place, first.Span, conflict.Kind switch
            {
                ProxyConflictKind.Parsers => "different parsers",
                ProxyConflictKind.TerminatingTls => "different terminatingTLS",
                _ => "different originatingTLS",
            }));
        }

        return (merge as ProxyMerge.Merged)?.Set;
    }
}
