using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Tables;

/// <summary>Resolves rules to identities and port keys.</summary>
internal sealed class EntryBuilder(PeerResolver peers)
{
    /// <param name="rule">The rule.</param>
    /// <param name="subjectPorts">Named ports of the endpoints the rule is resolved for: what ingress port names mean.</param>
    /// <returns>Entries that can match something.</returns>
    public IEnumerable<PolicyEntry> Build(Rule rule, ImmutableArray<NamedPort> subjectPorts)
    {
        var verdict = new VerdictWord(
            rule.Action == RuleAction.Allow ? VerdictAction.Allow : VerdictAction.Drop, DecisionInfo.RuleDecisionId(rule.Id));
        var identities = peers.Resolve(rule.Peers);
        if (identities is { Length: 0 })
        {
            yield break;
        }

        PolicyEntry Entry(int[]? indexes, IEnumerable<PortKeyRange> ports) =>
            new(rule.Id, indexes is null, indexes is null ? [] : [.. indexes], Normalise(ports), verdict);

        var plain = rule.Ports.SelectMany(port => port switch
        {
            PortMatch.All => [PortKeyRange.Everything],
            PortMatch.Range range => [Range(range.Protocol, range.First, range.Last)],
            PortMatch.Named named when rule.Direction == Direction.Ingress => subjectPorts
                .Where(p => p.Protocol == named.Protocol && p.Name == named.Name)
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
                foreach (var (number, indexes) in peers.ByNamedPort(identities, named))
                {
                    yield return Entry(indexes, [Range(named.Protocol, number, number)]);
                }
            }
        }
    }

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
