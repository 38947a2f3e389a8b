using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Semantics;

namespace PolicyCompiler.Core.Exposure;

/// <summary>What a subject opens to potential pods: each is put into the rule graph, and the meaning of the policies is asked.</summary>
internal sealed class PotentialPodEvaluator(RuleGraph graph)
{
    private readonly List<FlowEvaluator> _evaluators = [];
    private readonly Dictionary<Namespace, int> _worlds = [];

    /// <summary>
    /// The namespaces of all pods that will be asked about. Two of one name are never in the same graph: of all that a new
    /// namespace can be, it will be one.
    /// </summary>
    public void Add(IEnumerable<PotentialPod> pods)
    {
        var worlds = new List<List<Namespace>>();
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var ns in pods.Where(p => p.IsInNewNamespace).Select(p => p.Namespace).Where(n => !_worlds.ContainsKey(n)))
        {
            var world = uses[ns.Name] = uses.GetValueOrDefault(ns.Name, -1) + 1;
            _worlds.Add(ns, world);
            if (world == worlds.Count)
            {
                worlds.Add([]);
            }

            worlds[world].Add(ns);
        }

        _evaluators.AddRange((worlds.Count == 0 ? [[]] : worlds).Select(added => new FlowEvaluator(new RuleGraph(
            graph.Cluster with { Namespaces = [.. graph.Cluster.Namespaces, .. added] }, graph.Policies, graph.Options))));
    }

    /// <summary>What the subject's side says to one connection.</summary>
    /// <param name="subject">An endpoint of the graph.</param>
    /// <param name="direction">Which side it is.</param>
    /// <param name="pod">The pod, of a namespace that was added.</param>
    /// <param name="endpoint">The pod as an endpoint, with the port names that it is to have.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="port">The destination port.</param>
    public SideDecision Evaluate(
        Endpoint subject, Direction direction, PotentialPod pod, Endpoint endpoint, IpProtocol protocol, int port)
    {
        var world = pod.IsInNewNamespace ? _worlds[pod.Namespace] : 0;
        return Evaluate(_evaluators[world], subject, direction, new FlowPeer(endpoint, pod.Address), protocol, port);
    }

    /// <summary>The same for an end outside of the cluster, with its address or as the world of a family.</summary>
    public SideDecision Evaluate(Endpoint subject, Direction direction, FlowPeer remote, IpProtocol protocol, int port) =>
        Evaluate(_evaluators[0], subject, direction, remote, protocol, port);

    private static SideDecision Evaluate(
        FlowEvaluator evaluator, Endpoint subject, Direction direction, FlowPeer remote, IpProtocol protocol, int port)
    {
        var local = new FlowPeer(subject, null);
        var family = remote.Address?.Family ?? (remote.Entity == Entity.WorldIPv6 ? AddressFamily.IPv6 : AddressFamily.IPv4);
        return evaluator.EvaluateSide(
            direction == Direction.Ingress ? new Flow(remote, local, family, protocol, port) : new Flow(local, remote, family, protocol, port), direction);
    }
}
