using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>What an assertion means, member by member, address by address and port by port.</summary>
internal sealed class ReferenceAssertion(RuleGraph graph, Assertion assertion, IEnumerable<string> otherNames)
{
    private static readonly AddressFamily[] Families = [AddressFamily.IPv4, AddressFamily.IPv6];

    private readonly FlowEvaluator _evaluator = new(graph);
    private readonly ServiceResolver _services = new(graph);
    private readonly ReferenceMembers _members = new(graph, assertion, otherNames);

    /// <summary>Null: skipped or in error, because an end is empty.</summary>
    public bool? Holds()
    {
        var written = _members.Of(assertion.Source).ToHashSet();
        HashSet<ReferenceMember> sources = assertion.Kind == AssertionKind.Only
            ? [.. _members.Everything.Except(_members.Without(assertion.Source))]
            : written;
        var targets = _members.Of(assertion.Destination).Select(m => (Member: m, Asked: Ask()))
            .Concat(ReferenceMembers.ServicesOf(assertion.Destination).SelectMany(r => Backends(_services.Find(r.Namespace, r.Name)!)))
            .ToList();
        if (written.Count == 0 || sources.Count == 0 || targets.Count == 0)
        {
            return null;
        }

        // Source by source, then destination by destination; those without a flow do not count.
        var verdicts = sources.Select(s => targets.Select(t => Pair(s, t.Member, t.Asked)).OfType<bool>().ToList()).Where(v => v.Count > 0)
            .Select(v => assertion.AnyDestination ? v.Contains(true) : !v.Contains(false)).ToList();
        return verdicts.Count > 0 && (assertion.AnySource ? verdicts.Contains(true) : !verdicts.Contains(false));
    }

    private bool? Pair(ReferenceMember from, ReferenceMember to, List<(AddressFamily? Family, int Key)> asked)
    {
        if (!IsMeant(from, to))
        {
            return null;
        }

        var flows = FamiliesOf(from, to).SelectMany(f => asked.Where(a => (a.Family ?? f.Family) == f.Family && (a.Family is null || f.IsCommon) && Exists(a.Key, f.Family))
            .Select(a => FlowOf(from, to, f.Family, f.IsCommon, a.Key))).ToList();
        return flows.Count == 0 ? null : flows.TrueForAll(IsAsAsserted);
    }

    private bool IsAsAsserted(Flow flow)
    {
        var decision = _evaluator.Evaluate(flow);
        if (decision.Allowed != (assertion.Kind == AssertionKind.Allow))
        {
            return false;
        }

        var sides = new[] { decision.Egress, decision.Ingress }.Where(s => decision.Allowed || !s.Allowed);
        return assertion.Because switch
        {
            null => true,
            ExpectedReason.Without without => sides.Any(s => s.Reason == without.Reason),
            ExpectedReason.Policy policy => sides.Any(s =>
                s.Matching.Any(r => graph.PolicyOf(r).Reference == policy.Reference && (policy.Place is null || policy.Place == r.Place))
                || (policy.Place is null && s.Reason == DecisionReason.DefaultDeny && s.Isolating.Any(p => p.Reference == policy.Reference))),
            _ => throw new InvalidOperationException(),
        };
    }

    private bool IsMeant(ReferenceMember from, ReferenceMember to)
    {
        var (subject, other) = (SubjectOf(from), SubjectOf(to));
        if (subject is { StandsForPods: false } && ReferenceEquals(subject, other))
        {
            return assertion is { Kind: not AssertionKind.Only, Source: FlowSet.Pod, Destination: FlowSet.Pod };
        }

        var isBroad = assertion.Kind == AssertionKind.Only || ReferenceMembers.IsBroad(assertion.Source) || ReferenceMembers.IsBroad(assertion.Destination);
        var isOwnNode = to.Pod is { } pod && from.Address is { } address && graph.NodeOf(pod)?.Address(address.Family) == address;
        return !isBroad || (!isOwnNode && (subject is not null || other is not null));
    }

    private Endpoint? SubjectOf(ReferenceMember end) => end.Pod ?? (end.Address is { } address ? graph.SubjectAt(address) : null);

    private IEnumerable<(AddressFamily Family, bool IsCommon)> FamiliesOf(ReferenceMember from, ReferenceMember to)
    {
        var common = Families.Where(f => from.Has(f) && to.Has(f)).ToList();
        return common.Count > 0 ? common.Where(f => (assertion.Family ?? f) == f).Select(f => (f, true))
            : from.Pod is not null && to.Pod is not null && assertion.Family is null ? [(AddressFamily.IPv4, false)]
            : [];
    }

    private static Flow FlowOf(ReferenceMember from, ReferenceMember to, AddressFamily family, bool isCommon, int key)
    {
        var (protocol, port) = PortKey.Parse(key);
        var (source, destination) = (from.PeerIn(family), to.PeerIn(family));
        return isCommon ? new Flow(source, destination, family, protocol, port)
            : new Flow(source with { Address = null }, destination with { Address = null }, family, protocol, port);
    }

    private static bool Exists(int key, AddressFamily family) => PortKey.Parse(key).Protocol switch
    {
        IpProtocol.Icmp => family == AddressFamily.IPv4,
        IpProtocol.IcmpV6 => family == AddressFamily.IPv6,
        _ => true,
    };

    /// <summary>Keys on both sides of everything at which an answer may change, and a few more.</summary>
    private List<(AddressFamily? Family, int Key)> Ask()
    {
        var edges = graph.Rules.SelectMany(r => r.Ports).OfType<PortMatch.Range>().SelectMany(r => new[] { PortKey.Of(r.Protocol, r.First), PortKey.Of(r.Protocol, r.Last) })
            .Concat(graph.Cluster.Endpoints.SelectMany(e => e.NamedPorts).Select(p => PortKey.Of(p.Protocol, p.Number)))
            .Concat(Enumerable.Range(PortKey.IcmpBase, 512))
            .Concat(assertion.Ports.SelectMany(r => new[] { r.First, r.Last }))
            .Concat(IpProtocols.Transport.SelectMany(p => new[] { PortKey.Of(p, 1), PortKey.Of(p, 65535) }));
        return [.. edges.SelectMany(e => new[] { e - 1, e, e + 1 }).Distinct().Where(IsAsked).Select(k => ((AddressFamily?)null, k))];

        bool IsAsked(int key) => assertion.Ports.IsEmpty
            ? PortKey.Parse(key) is var (protocol, port) && protocol.HasPorts() && port > 0
            : assertion.Ports.Any(r => r.Contains(key));
    }

    private IEnumerable<(ReferenceMember Member, List<(AddressFamily? Family, int Key)> Asked)> Backends(Service service) => service.Ports
        .Where(p => assertion.Ports.IsEmpty || assertion.Ports.Any(r => r.Contains(PortKey.Of(p.Protocol, p.Port))))
        .SelectMany(p => Families.SelectMany(f => _services.Translate(service, f, p.Protocol, p.Port).Backends
            .Select(b => (Member: ReferenceMember.Of(graph, b.End), Family: (AddressFamily?)f, Key: PortKey.Of(p.Protocol, b.Port)))))
        .GroupBy(b => b.Member).Select(g => (g.Key, g.Select(b => (b.Family, b.Key)).ToList()));
}
