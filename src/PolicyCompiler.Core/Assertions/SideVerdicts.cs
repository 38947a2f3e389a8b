using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>
/// What one side of a flow says, port by port: read from the tables where the other end has an identity in them, and
/// evaluated on both sides of every boundary that a rule draws where it has none.
/// </summary>
internal sealed class SideVerdicts(PolicyTables tables)
{
    private static readonly ImmutableArray<PortVerdict> Unrestricted = [new PortVerdict(PortKeyRange.Everything, default, true)];

    private readonly TableEvaluator _tables = new(tables);
    private readonly FlowEvaluator _meaning = new(tables.Graph);
    private readonly Dictionary<(int Policy, uint Row), ImmutableArray<PortVerdict>> _rows = [];

    /// <param name="direction">Which side.</param>
    /// <param name="source">Who opens the connection.</param>
    /// <param name="destination">Who is addressed.</param>
    /// <param name="family">Of both addresses; null: they have none in common.</param>
    /// <param name="asked">The port keys that matter, in order; the answer may say more.</param>
    public ImmutableArray<PortVerdict> Of(
        Direction direction, FlowMember source, FlowMember destination, AddressFamily? family, ImmutableArray<PortKeyRange> asked)
    {
        var (local, remote) = direction == Direction.Ingress ? (destination, source) : (source, destination);
        if (local.Subject == FlowMember.NoSubject)
        {
            return Unrestricted;
        }

        if (IdentityOf(remote, family) is not { } identity)
        {
            return Evaluated(direction, source, destination, local.Subject, family ?? AddressFamily.IPv4, asked);
        }

        var subject = tables.Graph.Cluster.Endpoints[local.Subject];
        var policy = tables.Of(tables.EndpointPolicies[tables.EndpointPolicyIndex[local.Subject]], direction);
        if (policy.LetsOwnNodeIn && !subject.IsNode && remote is FlowMember.Address node
            && tables.Graph.NodeOf(subject)?.Address(node.Value.Family) == node.Value)
        {
            return [new PortVerdict(PortKeyRange.Everything, new VerdictWord(VerdictAction.Allow, DecisionInfo.FixedId(DecisionKind.NodeLocal, direction)), true)];
        }

        var row = _tables.RowOf(policy, identity);
        if (!_rows.TryGetValue((policy.Index, row), out var verdicts))
        {
            _rows.Add((policy.Index, row), verdicts = [.. policy.PortClasses.Select(c => Verdict(c.Range, _tables.CellOf(policy, row, c.Column)))]);
        }

        return verdicts;

        static PortVerdict Verdict(PortKeyRange range, VerdictWord word) => new(range, word, !word.Action.IsDrop());
    }

    private static int? IdentityOf(FlowMember member, AddressFamily? family) => (member, family) switch
    {
        (FlowMember.Pods pods, AddressFamily.IPv4) => pods.Class.IPv4Identity,
        (FlowMember.Pods pods, AddressFamily.IPv6) => pods.Class.IPv6Identity,
        (FlowMember.Pods pods, null) => pods.Class.Identity,
        (FlowMember.Address address, _) => address.Identity,
        _ => null,
    };

    private ImmutableArray<PortVerdict> Evaluated(
        Direction direction, FlowMember source, FlowMember destination, int subject, AddressFamily family, ImmutableArray<PortKeyRange> asked)
    {
        var rules = tables.Graph.PoliciesFor(tables.Graph.Cluster.Endpoints[subject]).SelectMany(p => p.Rules).Where(r => r.Direction == direction);
        var (from, to) = (source.PeerIn(family), destination.PeerIn(family));
        int[] starts = [.. PortBoundaries.Of(rules, to).Append(0).Distinct().Order()];
        return
        [
            .. starts.Select((start, i) => new PortKeyRange(start, i + 1 < starts.Length ? starts[i + 1] - 1 : PortKeyRange.Everything.Last))
                .Where(r => asked.Any(a => a.First <= r.Last && r.First <= a.Last)).Select(At),
        ];

        PortVerdict At(PortKeyRange range)
        {
            var (protocol, port) = PortKey.Parse(range.First);
            var side = _meaning.EvaluateSide(new Flow(from, to, family, protocol, port), direction);
            // Only told apart, never run: the datapath knows no such end.
            var decision = side.Rule is { } rule ? DecisionInfo.RuleDecisionId(rule.Id) : (int)side.Reason;
            return new PortVerdict(range, new VerdictWord(side.Allowed ? VerdictAction.Allow : VerdictAction.Drop, decision), side.Allowed);
        }
    }
}
