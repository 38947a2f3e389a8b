using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>The policies in normal form over the cluster they are for.</summary>
public sealed class RuleGraph
{
    private readonly Dictionary<string, Namespace> _namespaces;
    private readonly Dictionary<string, Node> _nodes;
    private readonly Dictionary<IpAddress, Endpoint> _endpointsByAddress = [];
    private readonly ILookup<string, PolicyNode> _namespacedPolicies;

    public RuleGraph(ClusterView cluster, ImmutableArray<PolicyNode> policies, GraphOptions options)
    {
        Cluster = cluster;
        Policies = policies;
        Options = options;
        Rules = [.. policies.SelectMany(p => p.Rules).OrderBy(r => r.Id.Value)];
        _namespaces = cluster.Namespaces.ToDictionary(n => n.Name, StringComparer.Ordinal);
        _nodes = cluster.Nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
        _namespacedPolicies = policies.Where(p => p.Subject.Namespace is not null).ToLookup(p => p.Subject.Namespace!, StringComparer.Ordinal);
        foreach (var endpoint in cluster.Endpoints.Where(e => !e.HostNetwork))
        {
            foreach (var address in endpoint.Addresses)
            {
                _endpointsByAddress.TryAdd(address, endpoint);
            }
        }
    }

    public ClusterView Cluster { get; }

    /// <summary>In canonical order: tier, kind, namespace, name.</summary>
    public ImmutableArray<PolicyNode> Policies { get; }

    /// <summary>Every rule; its id is its index.</summary>
    public ImmutableArray<Rule> Rules { get; }

    public GraphOptions Options { get; }

    public Namespace NamespaceOf(Endpoint endpoint) => _namespaces[endpoint.Namespace];

    public PolicyNode PolicyOf(Rule rule) => Policies[rule.PolicyIndex];

    /// <summary>The pod at that address, if there is one; never a host-network pod, whose address is its node's.</summary>
    public Endpoint? EndpointAt(IpAddress address) => _endpointsByAddress.GetValueOrDefault(address);

    public Node? NodeOf(Endpoint endpoint) => endpoint.NodeName is null ? null : _nodes.GetValueOrDefault(endpoint.NodeName);

    /// <summary>Policies that select the endpoint, in canonical order. Host-network pods have none.</summary>
    public ImmutableArray<PolicyNode> PoliciesFor(Endpoint endpoint) => endpoint.HostNetwork
        ? []
        : [.. _namespacedPolicies[endpoint.Namespace].Where(p => p.Subject.Pods.Matches(endpoint.Labels))];

    /// <summary>Whether the selector selects the endpoint; a host-network pod is never selected.</summary>
    public bool Selects(EndpointSelector selector, Endpoint endpoint) =>
        !endpoint.HostNetwork && selector.MatchesNamespace(NamespaceOf(endpoint)) && selector.Pods.Matches(endpoint.Labels);
}
