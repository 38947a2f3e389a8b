using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Exposure;

/// <summary>Endpoints whose exposure in one direction is the same: the same policies, and the same ports behind their names.</summary>
internal sealed class ExposureSubject
{
    private ExposureSubject(Endpoint example, Direction direction, ImmutableArray<PolicyNode> policies)
    {
        Example = example;
        Direction = direction;
        IsIsolated = policies.Any(p => p.Isolates(direction));
        Rules = [.. policies.SelectMany(p => p.Rules).Where(r => r.Direction == direction)];
        Peers =
        [
            .. Rules.SelectMany(r => r.Peers).Where(p => p is Peer.Endpoints or Peer.Cidr { Scope: AddressScope.Everywhere }).Distinct(),
        ];
        PortNames = direction == Direction.Ingress ? [] : [.. Rules.SelectMany(r => r.Ports).OfType<PortMatch.Named>().DistinctBy(n => (n.Protocol, n.Name))];
        Segments = [.. IpProtocols.Transport.SelectMany(SegmentsOf)];
    }

    public Endpoint Example { get; }

    public Direction Direction { get; }

    public bool IsIsolated { get; }

    public ImmutableArray<Rule> Rules { get; }

    /// <summary>What the rules tell pods apart by.</summary>
    public ImmutableArray<Peer> Peers { get; }

    /// <summary>Port names whose numbers the other end decides.</summary>
    public ImmutableArray<PortMatch.Named> PortNames { get; }

    /// <summary>Ports that no rule tells apart, unless by name: each of one protocol, together all.</summary>
    public ImmutableArray<PortKeyRange> Segments { get; }

    /// <summary>The key is equal for endpoints that are one subject.</summary>
    public static string KeyOf(RuleGraph graph, Endpoint pod, Direction direction)
    {
        var endpoint = SubjectOf(graph, pod);
        var policies = PoliciesOf(graph, endpoint, direction);
        var named = direction == Direction.Ingress
            && policies.Any(p => p.Rules.Any(r => r.Direction == direction && r.Ports.Any(port => port is PortMatch.Named)));
        // A name has addresses of the families that the endpoint has.
        var byName = policies.Any(p => p.Rules.Any(r => r.Direction == direction && r.Peers.Any(peer => peer is Peer.Names)));
        return $"{direction} {string.Join(',', policies.Select(p => p.Index))} {(named ? string.Join(',', endpoint.NamedPorts) : "")} {(byName ? string.Join(',', endpoint.Addresses.Select(a => a.Family)) : "")}";
    }

    public static ExposureSubject Of(RuleGraph graph, Endpoint pod, Direction direction)
    {
        var endpoint = SubjectOf(graph, pod);
        return new(endpoint, direction, PoliciesOf(graph, endpoint, direction));
    }

    /// <summary>A host-network pod is what its node is, where policies select that.</summary>
    private static Endpoint SubjectOf(RuleGraph graph, Endpoint pod) =>
        pod.HostNetwork && graph.HostAddresses(pod) is [var address, ..] ? graph.SubjectAt(address) ?? pod : pod;

    private static ImmutableArray<PolicyNode> PoliciesOf(RuleGraph graph, Endpoint endpoint, Direction direction) =>
        [.. graph.PoliciesFor(endpoint).Where(p => p.Concerns(direction))];

    private IEnumerable<PortKeyRange> SegmentsOf(IpProtocol protocol)
    {
        var edges = Rules.SelectMany(r => r.Ports).OfType<PortMatch.Range>().Where(r => r.Protocol == protocol).SelectMany(r => new[] { r.First, r.Last + 1 })
            .Concat(Direction == Direction.Egress ? [] : Example.NamedPorts.Where(p => p.Protocol == protocol).SelectMany(p => new int[] { p.Number, p.Number + 1 }))
            .Append(1).Where(p => p is > 0 and <= ushort.MaxValue).Distinct().Order().ToList();
        for (var i = 0; i < edges.Count; i++)
        {
            var last = i + 1 < edges.Count ? edges[i + 1] - 1 : ushort.MaxValue;
            yield return new PortKeyRange(PortKey.Of(protocol, edges[i]), PortKey.Of(protocol, last));
        }
    }
}
