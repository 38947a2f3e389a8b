using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>The policies in normal form over the cluster they are for.</summary>
public sealed class RuleGraph
{
    private readonly Dictionary<string, Namespace> _namespaces;
    private readonly Dictionary<string, Node> _nodes;
    private readonly Dictionary<IpAddress, Endpoint> _endpointsByAddress = [];
    private readonly Dictionary<IpAddress, Node> _nodesByAddress = [];
    private readonly Dictionary<string, Endpoint> _hosts;
    private readonly ILookup<string, PolicyNode> _namespacedPolicies;
    private readonly ImmutableArray<PolicyNode> _otherPolicies;

    public RuleGraph(ClusterView cluster, ImmutableArray<PolicyNode> policies, GraphOptions options)
    {
        Cluster = cluster;
        Policies = policies;
        Options = options;
        Rules = [.. policies.SelectMany(p => p.Rules).OrderBy(r => r.Id.Value)];
        _namespaces = cluster.Namespaces.ToDictionary(n => n.Name, StringComparer.Ordinal);
        _nodes = cluster.Nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
        _hosts = cluster.Endpoints.Where(e => e.IsNode).ToDictionary(e => e.Name, StringComparer.Ordinal);
        _namespacedPolicies = policies.Where(p => NamespaceOf(p) is not null).ToLookup(p => NamespaceOf(p)!, StringComparer.Ordinal);
        _otherPolicies = [.. policies.Where(p => NamespaceOf(p) is null)];
        NamesByAddress = cluster.DnsRecords.SelectMany(r => r.Addresses, (r, a) => (Address: a, r.Name)).ToLookup(x => x.Address, x => x.Name);
        foreach (var node in cluster.Nodes)
        {
            foreach (var address in node.Addresses)
            {
                _nodesByAddress.TryAdd(address, node);
            }
        }

        foreach (var endpoint in cluster.Endpoints.Where(e => !e.IsNode))
        {
            foreach (var address in endpoint.Addresses)
            {
                if (endpoint.HostNetwork)
                {
                    _nodesByAddress.TryAdd(address, NodeOf(endpoint) ?? ImpliedNode(endpoint));
                }
                else
                {
                    _endpointsByAddress.TryAdd(address, endpoint);
                }
            }
        }
    }

    public ClusterView Cluster { get; }

    /// <summary>In canonical order: tier, priority, kind, namespace, name, specs index.</summary>
    public ImmutableArray<PolicyNode> Policies { get; }

    /// <summary>Every rule; its id is its index.</summary>
    public ImmutableArray<Rule> Rules { get; }

    public GraphOptions Options { get; }

    /// <summary>DNS names whose records have the address.</summary>
    public ILookup<IpAddress, string> NamesByAddress { get; }

    /// <summary>Every address of a node: stated by it, or by a host-network pod.</summary>
    public IReadOnlyDictionary<IpAddress, Node> NodesByAddress => _nodesByAddress;

    public Namespace NamespaceOf(Endpoint endpoint) => _namespaces[endpoint.Namespace];

    public PolicyNode PolicyOf(Rule rule) => Policies[rule.PolicyIndex];

    /// <summary>The pod at that address, if there is one; never a host-network pod, whose address is its node's.</summary>
    public Endpoint? EndpointAt(IpAddress address) => _endpointsByAddress.GetValueOrDefault(address);

    /// <summary>The node that has the address.</summary>
    public Node? NodeAt(IpAddress address) => _nodesByAddress.GetValueOrDefault(address);

    /// <summary>The endpoint that policy is enforced on at that address: a pod, or a node that host policies select.</summary>
    public Endpoint? SubjectAt(IpAddress address) =>
        EndpointAt(address) ?? (NodeAt(address) is { } node ? _hosts.GetValueOrDefault(node.Name) : null);

    /// <summary>The endpoint that policy is enforced on at an end of a flow; null where nothing is.</summary>
    public Endpoint? SubjectOf(FlowPeer end) => end.Endpoint ?? (end.Address is { } address ? SubjectAt(address) : null);

    public Node? NodeOf(Endpoint endpoint) => endpoint.NodeName is null ? null : _nodes.GetValueOrDefault(endpoint.NodeName);

    /// <summary>The addresses that others know a host-network pod by: its own or, when they are made up, its node's.</summary>
    public ImmutableArray<IpAddress> HostAddresses(Endpoint pod) =>
        pod.HasSyntheticAddresses && NodeOf(pod) is { Addresses.IsEmpty: false } node ? node.Addresses : pod.Addresses;

    /// <summary>Whether the remote end is the node that the subject runs on, or is.</summary>
    public bool IsOwnNode(Endpoint subject, FlowPeer remote) => remote.Entity == Entity.Host
        || (remote is { Endpoint: null, Address: { } address } && NodeAt(address) is { } node && ReferenceEquals(node, NodeOf(subject)));

    /// <summary>Policies that select the endpoint, in canonical order. Host-network pods have none.</summary>
    public ImmutableArray<PolicyNode> PoliciesFor(Endpoint endpoint)
    {
        if (endpoint.HostNetwork)
        {
            return [];
        }

        var others = _otherPolicies.Where(p => p.Subject switch
        {
            PolicySubject.Pods pods => Selects(pods.Selector, endpoint),
            PolicySubject.Nodes nodes => endpoint.IsNode && nodes.Selector.Matches(endpoint.Labels),
            _ => false,
        });
        var own = _namespacedPolicies[endpoint.Namespace].Where(p => Selects(((PolicySubject.Pods)p.Subject).Selector, endpoint));
        return _otherPolicies.IsEmpty ? [.. own] : [.. others.Concat(own).OrderBy(p => p.Index)];
    }

    /// <summary>Whether the selector selects the endpoint; a host-network pod and a node are never selected.</summary>
    public bool Selects(EndpointSelector selector, Endpoint endpoint) => !endpoint.HostNetwork && !endpoint.IsNode
        && selector.MatchesNamespace(NamespaceOf(endpoint)) && selector.Pods.Matches(endpoint.PolicyLabels);

    private static string? NamespaceOf(PolicyNode policy) => (policy.Subject as PolicySubject.Pods)?.Selector.Namespace;

    private static Node ImpliedNode(Endpoint endpoint) =>
        new(endpoint.NodeName ?? $"node of {endpoint.Reference}", LabelSet.Empty, endpoint.Addresses, endpoint.Span);
}
