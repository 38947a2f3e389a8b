using System.Collections.Immutable;
using PolicyCompiler.Core.Explain;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Whether the flows between one member of each end are as asserted.</summary>
internal sealed class PairChecker(PolicyTables tables, SideVerdicts sides, FlowExplainer explainer, Assertion assertion, bool isAnything, bool collectWitnesses)
{
    private static readonly PortKeyRange IcmpKeys = new(PortKey.IcmpBase, PortKey.IcmpV6Base - 1);
    private static readonly PortKeyRange IcmpV6Keys = new(PortKey.IcmpV6Base, PortKey.ProtocolBase - 1);

    private readonly RuleGraph _graph = tables.Graph;
    private readonly ImmutableArray<Rule> _expectedRules = assertion.Because is ExpectedReason.Policy policy
        ? [.. tables.Graph.Policies.Where(p => ReasonCheck.IsNamed(p, policy)).SelectMany(p => p.Rules)] : [];

    private readonly HashSet<(VerdictWord Egress, VerdictWord Ingress)> _met = [];

    /// <summary>A flow for each pair of decisions that was met.</summary>
    public List<FlowDecision> Witnesses { get; } = [];

    private bool Allows => assertion.Kind == AssertionKind.Allow;

    /// <summary>Null: there is no flow between them, or none that is meant.</summary>
    public PairResult? Check(FlowMember source, FlowTarget target)
    {
        PairResult? result = null;
        foreach (var asked in target.Questions)
        {
            foreach (var family in FamiliesOf(source, target.Member, asked))
            {
                var ports = In(asked.Ports, family ?? AddressFamily.IPv4);
                if (ports.IsEmpty || !IsMeant(source, target.Member))
                {
                    continue;
                }

                result = new PairResult(Failure(source, target.Member, family, ports, asked.Frontend));
                if (result.Failure is not null)
                {
                    return result;
                }
            }
        }

        return result;
    }

    /// <summary>Null alone: two pods without a common family are asked about as policies see them.</summary>
    private IEnumerable<AddressFamily?> FamiliesOf(FlowMember source, FlowMember destination, FlowTarget.Asked asked)
    {
        List<AddressFamily?> common = [.. source.Families.Intersect(destination.Families).Select(f => (AddressFamily?)f)];
        if (common.Count == 0 && source is FlowMember.Pods && destination is FlowMember.Pods && assertion.Family is null && asked.Family is null)
        {
            return [null];
        }

        return common.Where(f => (assertion.Family ?? f) == f && (asked.Family ?? f) == f);
    }

    /// <summary>ICMP has flows of one family only.</summary>
    private static ImmutableArray<PortKeyRange> In(ImmutableArray<PortKeyRange> ports, AddressFamily family)
    {
        var other = family == AddressFamily.IPv4 ? IcmpV6Keys : IcmpKeys;
        return [.. ports.Where(p => p.Last < other.First || p.First > other.Last)];
    }

    /// <summary>
    /// A pod and itself are not, unless nobody else is at either end; of anything, neither what no end polices nor what an
    /// endpoint always accepts.
    /// </summary>
    private bool IsMeant(FlowMember source, FlowMember destination)
    {
        if (IsItself(source, destination))
        {
            return assertion is { Kind: not AssertionKind.Only, Source: FlowSet.Pod, Destination: FlowSet.Pod };
        }

        if (!isAnything)
        {
            return true;
        }

        var isOwnNode = destination is FlowMember.Pods pods && source is FlowMember.Address node
            && _graph.NodeOf(pods.Endpoints[0])?.Address(node.Value.Family) == node.Value;
        return !isOwnNode && (source.Subject != FlowMember.NoSubject || destination.Subject != FlowMember.NoSubject);
    }

    private static bool IsItself(FlowMember source, FlowMember destination) => (source, destination) switch
    {
        (FlowMember.Pods a, FlowMember.Pods b) => a.Indexes is [var one] && b.Indexes is [var other] && one == other && !a.Endpoints[0].StandsForPods,
        (FlowMember.Address a, FlowMember.Address b) => a.Host != FlowMember.NoSubject && a.Host == b.Host,
        _ => false,
    };

    private PairFailure? Failure(
        FlowMember source, FlowMember destination, AddressFamily? common, ImmutableArray<PortKeyRange> ports, ServiceFrontend? frontend)
    {
        var family = common ?? AddressFamily.IPv4;
        // Two of one class are not one and the same.
        var areAlike = source is FlowMember.Pods a && destination is FlowMember.Pods b && ReferenceEquals(a.Endpoints[0], b.Endpoints[0]);
        var (from, to) = (source.PeerIn(common, last: areAlike), destination.PeerIn(common));
        var isItself = IsItself(source, destination);
        ImmutableArray<PortVerdict> open = [new PortVerdict(PortKeyRange.Everything, default, true)];
        var segments = PairSegment.Of(
            ports,
            isItself ? open : sides.Of(Direction.Egress, source, destination, common, ports),
            isItself ? open : sides.Of(Direction.Ingress, source, destination, common, ports));
        if (!_expectedRules.IsEmpty)
        {
            int[] starts = [.. PortBoundaries.Of(_expectedRules, to)];
            segments = segments.SelectMany(s => s.Cut(starts));
        }

        foreach (var segment in segments)
        {
            var isWitness = collectWitnesses && _met.Add((segment.Egress.Word, segment.Ingress.Word));
            // What a proxy or a reason says is asked about one flow; the verdict on the connection is known of them all.
            if (!isWitness && assertion.Request is null && assertion.Because is null && segment.IsOpen == Allows)
            {
                continue;
            }

            var (protocol, port) = PortKey.Parse(segment.Range.First);
            var answer = explainer.Answer(new Flow(from, to, family, protocol, port), assertion.Request);
            if (answer.Decision.Allowed != segment.IsOpen)
            {
                throw new InvalidOperationException($"tables and policies disagree about {answer.Decision.Flow}");
            }

            if (isWitness)
            {
                Witnesses.Add(answer.Decision);
            }

            if (answer.Allowed != Allows || (assertion.Because is { } expected && !ReasonCheck.Holds(_graph, expected, answer)))
            {
                return new PairFailure(answer, frontend, answer.Allowed == Allows);
            }
        }

        return null;
    }
}
