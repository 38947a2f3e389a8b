using System.Collections.Immutable;
using PolicyCompiler.Core.Model.L7;

namespace PolicyCompiler.Core.Proxy;

/// <summary>Joins what several policy rules ask of the proxy for the same connections (cilium: pkg/policy/l4.go).</summary>
public static class ProxyRuleSetBuilder
{
    /// <param name="members">One at least, in any order.</param>
    /// <param name="allowsEverything">See <see cref="ProxyRuleSet.AllowsEverything"/>.</param>
    public static ProxyMerge Merge(IEnumerable<ProxyRuleMember> members, bool allowsEverything)
    {
        ImmutableArray<ProxyRuleMember> sorted = [.. members.OrderBy(m => m.RuleId)];
        var lead = sorted[0];
        ProxyRuleMember? terminating = null;
        ProxyRuleMember? originating = null;
        ProxyListener? listener = null;
        foreach (var member in sorted)
        {
            if (!Joins(member.Rule, lead.Rule))
            {
                if (!Joins(lead.Rule, member.Rule))
                {
                    return new ProxyMerge.Conflict(ProxyConflictKind.Parsers, lead, member);
                }

                lead = member;
            }

            if (!Agree(terminating?.Rule.TerminatingTls, member.Rule.TerminatingTls))
            {
                return new ProxyMerge.Conflict(ProxyConflictKind.TerminatingTls, terminating!, member);
            }

            if (!Agree(originating?.Rule.OriginatingTls, member.Rule.OriginatingTls))
            {
                return new ProxyMerge.Conflict(ProxyConflictKind.OriginatingTls, originating!, member);
            }

            terminating ??= member.Rule.TerminatingTls is null ? null : member;
            originating ??= member.Rule.OriginatingTls is null ? null : member;
            listener = Stronger(listener, member.Rule.Listener);
        }

        return new ProxyMerge.Merged(new ProxyRuleSet(
            ParserOf(lead.Rule), sorted, allowsEverything, listener, terminating?.Rule.TerminatingTls, originating?.Rule.OriginatingTls));
    }

    /// <summary>What the proxy must understand to do what one rule asks.</summary>
    public static ProxyParser ParserOf(ProxyRule rule) => rule.Rules switch
    {
        L7Rules.Http => ProxyParser.Http,
        L7Rules.Dns => ProxyParser.Dns,
        L7Rules.Kafka => ProxyParser.Kafka,
        L7Rules.Generic => ProxyParser.Generic,
        _ => rule.Listener is null ? ProxyParser.Tls : ProxyParser.Listener,
    };

    /// <summary>
    /// Whether the parser of <paramref name="to"/> does for <paramref name="from"/>. Reading a server name is part of every
    /// parser of TCP streams but not of a listener, whose filters are its own. Parsers that the proxy brings are the same when
    /// their names are.
    /// </summary>
    private static bool Joins(ProxyRule from, ProxyRule to) => (from.Rules, to.Rules) switch
    {
        (L7Rules.Generic a, L7Rules.Generic b) => a.Protocol == b.Protocol,
        _ => ParserOf(from) == ParserOf(to)
            || (ParserOf(from) == ProxyParser.Tls && ParserOf(to) is ProxyParser.Http or ProxyParser.Kafka or ProxyParser.Generic),
    };

    /// <summary>Contexts are the same wherever they are written; who has none takes the other's.</summary>
    private static bool Agree(TlsContext? left, TlsContext? right) =>
        left is null || right is null || left with { Span = right.Span } == right;

    private static ProxyListener? Stronger(ProxyListener? left, ProxyListener? right) => (left, right) switch
    {
        (null, _) => right,
        (_, null) => left,
        _ => Compare(left, right) <= 0 ? left : right,
    };

    /// <summary>Priority decides; names make equal priorities the same on every run.</summary>
    private static int Compare(ProxyListener left, ProxyListener right)
    {
        var byPriority = (left.Priority ?? int.MaxValue).CompareTo(right.Priority ?? int.MaxValue);
        var byName = string.CompareOrdinal(left.Name, right.Name);
        return byPriority != 0 ? byPriority
            : byName != 0 ? byName
            : string.CompareOrdinal(left.ConfigurationName, right.ConfigurationName);
    }
}
