using System.Collections.Immutable;
using PolicyCompiler.Core.Connectivity;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Sets -> the classes of members that policies tell apart, so that each is asked about once.</summary>
internal sealed class FlowMembers(PolicyTables tables)
{
    private readonly TableEvaluator _evaluator = new(tables);
    private readonly AddressSpace _space = new(tables, new TableEvaluator(tables));
    private readonly ServiceResolver _services = new(tables.Graph);
    private readonly ImmutableArray<Endpoint> _endpoints = tables.Graph.Cluster.Endpoints;
    private readonly Dictionary<Endpoint, int> _indexes =
        tables.Graph.Cluster.Endpoints.Select((e, i) => (e, i)).ToDictionary(x => x.e, x => x.i);

    /// <summary>Names that stand for every set of name patterns that policies tell apart: addresses that only an agent learns.</summary>
    private readonly ImmutableArray<string> _exampleNames =
        [.. tables.Identities.NameClasses.Classes.Where(c => c.Examples.Length == 1).Select(c => c.Examples[0])];

    private readonly Dictionary<int, EndpointClass> _classes = [];

    /// <param name="set">Whose members.</param>
    /// <param name="other">
    /// The other end: pods in both make members of their own, so that a pair of a pod with itself can be left out; and pods
    /// are told apart by their node when nodes are among the ends.
    /// </param>
    public IEnumerable<FlowMember> Of(MemberSet set, MemberSet other)
    {
        var tellsNodesApart = !set.Nodes.IsEmpty || !other.Nodes.IsEmpty;
        var pods = set.Pods.GroupBy(i => (Class: ClassOf(i), InBoth: other.Pods.Contains(i), Node: tellsNodesApart ? _endpoints[i].NodeName : null))
            .Select(g => (FlowMember)new FlowMember.Pods(g.Key.Class, [.. g.Select(i => _endpoints[i])], [.. g]));
        return pods
            .Concat(_space.Classes(set.Addresses).Select(c => new FlowMember.Address(c.First, c.Identity, FlowMember.NoSubject)))
            .Concat(set.Nodes.Select(OfAddress))
            .Concat(set.Entities.Select(e => new FlowMember.Unaddressed(e, null, FlowMember.Both)))
            .Concat(NamesOf(set.IPv4Names, AddressFamily.IPv4))
            .Concat(NamesOf(set.IPv6Names, AddressFamily.IPv6));
    }

    private IEnumerable<FlowMember> NamesOf(NameSet names, AddressFamily family) =>
        (names.IsAllBut ? _exampleNames.Where(names.Contains) : names.Names).Select(n => new FlowMember.Unaddressed(null, n, [family]));

    /// <param name="set">The destination.</param>
    /// <param name="other">The source.</param>
    /// <param name="ports">What is asked; empty: the default.</param>
    public IEnumerable<FlowTarget> TargetsOf(MemberSet set, MemberSet other, ImmutableArray<PortKeyRange> ports)
    {
        FlowTarget.Asked asked = new(ports.IsEmpty ? PortSet.All.Ranges : Merged(ports), null, null);
        var addressed = set.Nodes.Union(set.ServiceAddresses)
            .SelectMany(a => _services.FrontendsAt(a), (a, f) => (Address: a, Key: PortKey.Of(f.Port.Protocol, f.Addressed), f.Service, f.Port))
            .Where(f => asked.Ports.Any(r => r.Contains(f.Key))).ToLookup(f => f.Address);
        var named = set.Services.SelectMany(s => s.Ports.DistinctBy(p => (p.Protocol, p.Port)), (s, p) => (Service: s, Port: p))
            .Where(f => ports.IsEmpty || ports.Any(r => r.Contains(PortKey.Of(f.Port.Protocol, f.Port.Port))))
            .SelectMany(f => FlowMember.Both.Select(family => (family, f.Service, f.Port)));
        return Of(set, other).Concat(set.ServiceAddresses.Where(a => !_services.IsClusterAddress(a)).Select(OfAddress))
            .Select(m => new FlowTarget(m, [m is FlowMember.Address address ? asked with { Ports = Without(asked.Ports, addressed[address.Value].Select(f => f.Key)) } : asked]))
            .Where(t => !t.Questions[0].Ports.IsEmpty)
            .Concat(BackendsOf(named.Concat(addressed.SelectMany(f => f, (_, f) => (f.Address.Family, f.Service, f.Port))).Distinct()));
    }

    private IEnumerable<FlowTarget> BackendsOf(IEnumerable<(AddressFamily Family, Service Service, ServicePort Port)> frontends) => frontends
        .Select(f => (f.Port, f.Family, Frontend: _services.Translate(f.Service, f.Family, f.Port.Protocol, f.Port.Port)))
        .SelectMany(t => t.Frontend.Backends.Select(b => (b.End, Key: PortKey.Of(t.Port.Protocol, b.Port), t.Family, t.Frontend)))
        .GroupBy(b => (b.End.Endpoint, Address: b.End.Endpoint is null ? b.End.Address : null))
        .Select(g => new FlowTarget(
            g.Key.Endpoint is { } pod ? new FlowMember.Pods(ClassOf(_indexes[pod]), [pod], [_indexes[pod]]) : OfAddress(g.Key.Address!.Value),
            [.. g.Select(b => new FlowTarget.Asked([new PortKeyRange(b.Key, b.Key)], b.Family, b.Frontend))]));

    /// <summary>What is not translated and so goes to the address itself.</summary>
    private static ImmutableArray<PortKeyRange> Without(ImmutableArray<PortKeyRange> ranges, IEnumerable<int> keys) => keys.Aggregate(
        ranges,
        (left, key) => [.. left.SelectMany(r => !r.Contains(key) ? [r] : new[] { new PortKeyRange(r.First, key - 1), new PortKeyRange(key + 1, r.Last) }.Where(p => p.First <= p.Last))]);

    private static ImmutableArray<PortKeyRange> Merged(ImmutableArray<PortKeyRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<PortKeyRange>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last)
            {
                merged[^1] = new PortKeyRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged.ToImmutable();
    }

    private FlowMember OfAddress(IpAddress address) => new FlowMember.Address(
        address, _evaluator.IdentityOf(address), tables.Graph.SubjectAt(address) is { } host ? _indexes[host] : FlowMember.NoSubject);

    private EndpointClass ClassOf(int index)
    {
        if (!_classes.TryGetValue(index, out var known))
        {
            _classes.Add(index, known = EndpointClass.Of(tables, _evaluator, index));
        }

        return known;
    }
}
