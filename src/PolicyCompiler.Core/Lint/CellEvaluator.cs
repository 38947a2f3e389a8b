using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Lint;

/// <summary>
/// What a cell of the tables comes to when some rules are thought away. With none removed it is what the tables hold; tests
/// remove what it calls needless from the policies and ask the evaluator of flows.
/// </summary>
internal sealed class CellEvaluator(RuleGraph graph)
{
    private readonly Dictionary<RuleId, string> _contents = [];

    /// <summary>No entry decided: the default did.</summary>
    public const int Default = -1;

    /// <param name="entries">All entries of the direction policy, in the order in which they are asked.</param>
    /// <param name="matching">Those that match, ascending.</param>
    /// <param name="removal">What is thought away.</param>
    /// <param name="isolated">Whether the endpoint is still isolated.</param>
    /// <param name="decider">The entry that decided, or <see cref="Default"/>.</param>
    public CellOutcome Evaluate(
        ImmutableArray<PolicyEntry> entries, ReadOnlySpan<int> matching, Removal removal, bool isolated, out int decider)
    {
        var least = EntryKind.Admin;
        List<RuleId>? proxied = null;
        var (plain, authenticated, first) = (false, false, Default);
        foreach (var index in matching)
        {
            var entry = entries[index];
            if (entry.Kind < least || (entry.Rule is { } id && removal.HasRemoved(id)))
            {
                continue;
            }

            if (entry.Kind == EntryKind.AdminPass)
            {
                least = EntryKind.Deny;
                continue;
            }

            if (entry.Kind == EntryKind.Baseline && (isolated || first != Default))
            {
                break;
            }

            if (entry.Kind == EntryKind.Proxied)
            {
                (proxied ??= []).Add(entry.Rule!.Value);
            }
            else if (proxied is null)
            {
                decider = index;
                return CellOutcome.Of(entry.Verdict.Action);
            }

            first = first == Default ? index : first;
            plain |= entry.Kind is EntryKind.Allow or EntryKind.Authenticated;
            authenticated |= entry.Kind == EntryKind.Authenticated;
        }

        decider = first;
        if (proxied is not null)
        {
            return Redirect(proxied, plain, authenticated);
        }

        return CellOutcome.Of(isolated ? VerdictAction.Drop : VerdictAction.Allow);
    }

    private CellOutcome Redirect(List<RuleId> members, bool allowsEverything, bool authenticated)
    {
        var rules = members.Select(id => graph.Rules[id.Value]).ToList();
        allowsEverything |= rules.Exists(r => r.OnlyObserves);
        authenticated |= rules.Exists(r => r.NeedsAuthentication);
        return new CellOutcome(
            authenticated ? VerdictAction.AuthenticateAndRedirect : VerdictAction.Redirect,
            $"{allowsEverything} {string.Join(' ', rules.Select(ContentOf).Distinct().Order(StringComparer.Ordinal))}");
    }

    private string ContentOf(Rule rule)
    {
        if (!_contents.TryGetValue(rule.Id, out var content))
        {
            _contents.Add(rule.Id, content = ProxyContent.Of(rule.Proxy!));
        }

        return content;
    }
}
