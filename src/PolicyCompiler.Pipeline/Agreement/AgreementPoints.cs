using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Agreement;

/// <summary>
/// Every decision a compiled policy set can make: every endpoint and direction, with every remote address and every
/// protocol and port at which the answer may change. The candidates come from the rule graph and from the tables both, so
/// that a boundary that one of them lacks is still asked about.
/// </summary>
public sealed class AgreementPoints
{
    /// <summary>More points than this in a wider scope, and a narrower one is taken.</summary>
    public const long Limit = 2_000_000;

    private static readonly IpAddress[] Outside = [IpAddress.Parse("203.0.113.77"), IpAddress.Parse("2001:db8:77::1")];

    private static readonly int[] AlwaysAsked =
    [
        .. IpProtocols.Transport.SelectMany(p => new[] { PortKey.Of(p, 0), PortKey.Of(p, 1), PortKey.Of(p, 65535) }),
        PortKey.Of(IpProtocol.Icmp, 8), PortKey.Of(IpProtocol.Icmp, 13), PortKey.Of(IpProtocol.IcmpV6, 128),
        PortKey.Of((IpProtocol)47, 0), PortKey.Of((IpProtocol)50, 0),
    ];

    private readonly PolicyTables _tables;
    private readonly RuleGraph _graph;
    private readonly ImmutableArray<IpAddress> _addresses;
    private readonly TableEvaluator _evaluator;
    private readonly ILookup<int, IpAddress> _byIdentity;
    private readonly ImmutableArray<IpAddress> _identityAddresses;
    private readonly Dictionary<int, int[]> _portKeys = [];

    /// <param name="standIns">The tables, with addresses for all identities.</param>
    public AgreementPoints(StandIns standIns)
    {
        var tables = standIns.Tables;
        _tables = tables;
        _graph = tables.Graph;
        var blocks = _graph.Rules.SelectMany(r => r.Peers).OfType<Peer.Cidr>().SelectMany(c => c.Block.Except.Append(c.Block.Cidr));
        var endpoints = _graph.Cluster.Endpoints.Where(e => !e.HostNetwork).SelectMany(e => e.Addresses);
        var outside = blocks.Concat(tables.Identities.IpCache.Where(e => !e.IsEndpoint).Select(e => e.Prefix)).Distinct().SelectMany(Edges)
            .Concat(_graph.NodesByAddress.Keys).Concat(_graph.NamesByAddress.Select(n => n.Key)).Concat(standIns.Addresses).Concat(Outside);
        _addresses = [.. endpoints.Concat(outside).Distinct().Order()];

        _evaluator = new TableEvaluator(tables);
        _byIdentity = _addresses.ToLookup(_evaluator.IdentityOf);
        // Endpoints by what the graph knows of them, and every edge of a block: what the tables say must not choose what
        // they are asked.
        var alike = _graph.Cluster.Endpoints.Where(e => !e.HostNetwork)
            .GroupBy(e => (e.Namespace, e.PolicyLabels, string.Join(',', e.NamedPorts)))
            .SelectMany(g => g.SelectMany(e => e.Addresses).GroupBy(a => a.Family).SelectMany(f => f.Take(2)));
        _identityAddresses = [.. alike.Concat(outside).Distinct().Order()];
        var decisions = _tables.EndpointPolicies.Select(p => (p.Endpoints.Length, Keys: Directions.All.Sum(d => (long)PortKeys(_tables.Of(p, d)).Length))).ToList();
        Scope = decisions.Sum(d => d.Length * d.Keys) * _addresses.Length <= Limit ? AgreementScope.Everything
            : decisions.Sum(d => d.Keys) * _identityAddresses.Length <= Limit ? AgreementScope.Identities
            : AgreementScope.Classes;
    }

    public AgreementScope Scope { get; }

    public IEnumerable<AgreementPoint> All()
    {
        var endpoints = Scope == AgreementScope.Everything
            ? Enumerable.Range(0, _graph.Cluster.Endpoints.Length).Where(e => _tables.EndpointPolicyIndex[e] >= 0)
            : _tables.EndpointPolicies.Select(p => p.Endpoints[0]);
        foreach (var endpoint in endpoints)
        {
            foreach (var direction in Directions.All)
            {
                foreach (var point in Of(endpoint, direction))
                {
                    yield return point;
                }
            }
        }
    }

    /// <summary>The points of one direction of an endpoint.</summary>
    public IEnumerable<AgreementPoint> Of(int endpoint, Direction direction)
    {
        // What stands for several pods has flows among them, which its one address has to do for.
        var subject = _graph.Cluster.Endpoints[endpoint];
        var own = subject.StandsForPods ? [] : subject.Addresses;
        var policy = _tables.Of(_tables.EndpointPolicies[_tables.EndpointPolicyIndex[endpoint]], direction);
        var keys = PortKeys(policy);
        var remotes = Scope switch
        {
            AgreementScope.Everything => _addresses,
            AgreementScope.Identities => _identityAddresses,
            _ => Representatives(policy),
        };
        // Node-local ingress is decided by the address itself.
        var node = Scope == AgreementScope.Everything ? null : _graph.NodeOf(_graph.Cluster.Endpoints[endpoint]);
        foreach (var remote in remotes.Union(node?.Addresses ?? []))
        {
            // A pod's packets to itself do not pass the datapath. The own node is let in by its address, which the reserved
            // identity has none of.
            if (own.Contains(remote) || (policy.LetsOwnNodeIn && _tables.Identities.Identities[_evaluator.IdentityOf(remote)].Entity == Entity.Host))
            {
                continue;
            }

            foreach (var key in keys)
            {
                if (Exists(key, remote.Family))
                {
                    yield return new AgreementPoint(endpoint, direction, remote, key);
                }
            }
        }
    }

    /// <summary>
    /// Addresses that stand for the identity classes of a policy: of two identities of each row as the tables have it, and
    /// of what each peer of its rules selects as the graph has it.
    /// </summary>
    private ImmutableArray<IpAddress> Representatives(DirectionPolicy policy)
    {
        var rows = Enumerable.Range(1, _tables.Identities.Identities.Length - 1)
            .GroupBy(identity => _evaluator.RowOf(policy, identity))
            .SelectMany(row => row.Where(_byIdentity.Contains).Take(2))
            .SelectMany(identity => _byIdentity[identity].DistinctBy(a => a.Family));
        var peers = RulesOf(policy).SelectMany(r => r.Peers).Distinct()
            .SelectMany(peer => peer switch
            {
                Peer.Endpoints endpoints => _graph.Cluster.Endpoints.Where(e => _graph.Selects(endpoints.Selector, e)).Take(2).SelectMany(e => e.Addresses),
                Peer.Cidr cidr => cidr.Block.Except.Append(cidr.Block.Cidr).SelectMany(Edges),
                Peer.Nodes nodes => _graph.NodesByAddress.Where(n => nodes.Selector.Matches(n.Value.Labels)).Select(n => n.Key).Order().Take(2),
                _ => [],
            });
        return [.. rows.Concat(peers).Concat(Outside).Distinct().Order()];
    }

    private IEnumerable<Rule> RulesOf(DirectionPolicy policy) =>
        policy.Policies.SelectMany(p => _graph.Policies[p].Rules).Where(r => r.Direction == policy.Direction);

    private int[] PortKeys(DirectionPolicy policy)
    {
        if (!_portKeys.TryGetValue(policy.Index, out var keys))
        {
            var stated = RulesOf(policy).SelectMany(r => r.Ports).Distinct().SelectMany(port => port switch
            {
                PortMatch.Range range => Around(range.Protocol, range.First, range.Last),
                PortMatch.Named named => _graph.Cluster.Endpoints.SelectMany(e => e.NamedPorts)
                    .Where(p => p.Name == named.Name).Select(p => p.Number).Distinct()
                    .SelectMany(n => IpProtocols.Transport.Where(p => (named.Protocol ?? p) == p).SelectMany(p => Around(p, n, n))),
                _ => [],
            });
            var compiled = policy.PortClasses.SelectMany(c => new[] { c.Range.First, c.Range.Last });
            _portKeys.Add(policy.Index, keys = [.. stated.Concat(compiled).Concat(AlwaysAsked).Where(IsAKey).Distinct().Order()]);
        }

        return keys;
    }

    private static IEnumerable<int> Around(IpProtocol protocol, int first, int last)
    {
        var all = PortKey.All(protocol);
        return new[] { first - 1, first, last, last + 1 }.Select(p => all.First + p).Where(all.Contains);
    }

    /// <summary>The slot of other protocols has numbers that no packet can have.</summary>
    private static bool IsAKey(int key) =>
        key < PortKey.IcmpBase || key <= PortKey.IcmpBase + 512 + byte.MaxValue;

    /// <summary>ICMP belongs to one family each; protocols that are extension headers in IPv6 cannot be asked about there.</summary>
    private static bool Exists(int key, AddressFamily family)
    {
        if (key < PortKey.IcmpBase)
        {
            return true;
        }

        var (protocol, type) = PortKey.Parse(key);
        return protocol switch
        {
            // Errors quote a packet, and neighbour discovery passes: neither is decided by type alone.
            IpProtocol.Icmp => key < PortKey.IcmpV6Base && family == AddressFamily.IPv4 && type is not (3 or 4 or 5 or 11 or 12),
            IpProtocol.IcmpV6 => key < PortKey.ProtocolBase && family == AddressFamily.IPv6 && type > 4 && type is < 133 or > 137,
            _ when key >= PortKey.ProtocolBase => !protocol.HasPorts()
                && (byte)protocol is not (0 or 43 or 44 or 51 or 59 or 60 or 135 or 139 or 140 or 253 or 254),
            _ => true,
        };
    }

    private static IEnumerable<IpAddress> Edges(IpPrefix prefix)
    {
        var (first, last) = (prefix.Address, prefix.Last);
        var all = new IpPrefix(first, 0).Last;
        yield return first;
        yield return last;
        if (first.Value > 0)
        {
            yield return first with { Value = first.Value - 1 };
        }

        if (last != all)
        {
            yield return last with { Value = last.Value + 1 };
        }
    }
}
