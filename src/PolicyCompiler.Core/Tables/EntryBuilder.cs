using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>Resolves rules to identities and port keys.</summary>
internal sealed class EntryBuilder(RuleGraph graph, PeerResolver peers)
{
    /// <summary>The entries of a direction policy in the order in which they are asked; only those that can match something.</summary>
    public ImmutableArray<PolicyEntry> Build(DirectionDraft draft)
    {
        var isolates = !draft.Isolating.IsEmpty;
        return Build(draft, draft.Rules.Where(r => !isolates || graph.PolicyOf(r).Tier != Tier.Baseline));
    }

    /// <summary>Also those of the baseline tier, whether anything isolates the endpoints or not.</summary>
    public ImmutableArray<PolicyEntry> BuildOfAllTiers(DirectionDraft draft) => Build(draft, draft.Rules);

    private ImmutableArray<PolicyEntry> Build(DirectionDraft draft, IEnumerable<Rule> rules)
    {
        var entries = rules.SelectMany(r => Build(r, draft));
        if (draft.NodeLocalInTable)
        {
            var own = peers.AddressesOfNode(draft.OwnNode);
            entries = entries.Append(new PolicyEntry(
                EntryKind.NodeLocal, null, false, own, [PortKeyRange.Everything],
                new VerdictWord(VerdictAction.Allow, DecisionInfo.FixedId(DecisionKind.NodeLocal, draft.Direction))));
        }

        // A stable sort but for the two kinds of the admin tier, which are one list in its order.
        return [.. entries.OrderBy(e => e.Kind == EntryKind.AdminPass ? EntryKind.Admin : e.Kind)];
    }

    private IEnumerable<PolicyEntry> Build(Rule rule, DirectionDraft draft)
    {
        var kind = KindOf(rule);
        var verdict = VerdictOf(rule, draft.Direction);
        var identities = peers.Resolve(rule.Peers, draft.OwnNode);
        if (identities is { Length: 0 })
        {
            yield break;
        }

        PolicyEntry Entry(int[]? indexes, IEnumerable<PortKeyRange> ports) =>
            new(kind, rule.Id, indexes is null, indexes is null ? [] : [.. indexes], Normalise(ports), verdict);

        var plain = rule.Ports.SelectMany(port => port switch
        {
            PortMatch.All => [PortKeyRange.Everything],
            PortMatch.Range range => [Range(range.Protocol, range.First, range.Last)],
            PortMatch.Named named when rule.Direction == Direction.Ingress => draft.Ports
                .Where(named.Is)
                .Select(p => Range(p.Protocol, p.Number, p.Number)),
            _ => (IEnumerable<PortKeyRange>)[],
        }).ToList();
        if (plain.Count > 0)
        {
            yield return Entry(identities, plain);
        }

        // At egress a port name may be another number at each destination.
        if (rule.Direction == Direction.Egress)
        {
            foreach (var named in rule.Ports.OfType<PortMatch.Named>())
            {
                foreach (var (port, indexes) in peers.ByNamedPort(identities, named))
                {
                    yield return Entry(indexes, [Range(port.Protocol, port.Number, port.Number)]);
                }
            }
        }
    }

    private EntryKind KindOf(Rule rule) => (graph.PolicyOf(rule).Tier, rule.Action) switch
    {
        (Tier.Admin, RuleAction.Pass) => EntryKind.AdminPass,
        (Tier.Admin, _) => EntryKind.Admin,
        (Tier.Baseline, _) => EntryKind.Baseline,
        (_, RuleAction.Deny) => EntryKind.Deny,
        _ => rule.FailsAuthentication ? EntryKind.FailsAuthentication : rule.Proxy is not null ? EntryKind.Proxied : rule.NeedsAuthentication ? EntryKind.Authenticated : EntryKind.Allow,
    };

    /// <summary>A pass of the baseline tier leaves the flow to the default, which is to allow.</summary>
    private static VerdictWord VerdictOf(Rule rule, Direction direction) => rule.Action == RuleAction.Pass
        ? new VerdictWord(VerdictAction.Allow, DecisionInfo.FixedId(DecisionKind.NotIsolated, direction))
        : new VerdictWord(ActionOf(rule), DecisionInfo.RuleDecisionId(rule.Id));

    /// <summary>The action of a rule that decides alone.</summary>
    public static VerdictAction ActionOf(Rule rule) => rule.Action == RuleAction.Deny || rule.FailsAuthentication ? VerdictAction.Drop
        : rule.NeedsAuthentication ? VerdictAction.Authenticate
        : VerdictAction.Allow;

    private static PortKeyRange Range(IpProtocol protocol, int first, int last) =>
        new(PortKey.Of(protocol, first), PortKey.Of(protocol, last));

    /// <summary>Sorted, with overlapping and adjacent ranges merged.</summary>
    private static ImmutableArray<PortKeyRange> Normalise(IEnumerable<PortKeyRange> ranges)
    {
        var merged = new List<PortKeyRange>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = new PortKeyRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return [.. merged];
    }
}
