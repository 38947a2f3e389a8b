using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>
/// Applies the defaults of each policy kind and brings all rules into one form.
/// Source: the field documentation of networking.k8s.io/v1 NetworkPolicy.
/// </summary>
public static class RuleGraphBuilder
{
    public static Stage<RuleGraph> Build(CompilerInput input, GraphOptions options)
    {
        var diagnostics = new List<Diagnostic>();
        var policies = ImmutableArray.CreateBuilder<PolicyNode>();
        var nextRule = 0;
        foreach (var policy in input.Policies.Policies)
        {
            var node = policy switch
            {
                NetworkPolicy networkPolicy => FromNetworkPolicy(networkPolicy, policies.Count, ref nextRule),
                _ => throw new InvalidOperationException($"policy kind {policy.Kind}"),
            };
            policies.Add(node);
        }

        var graph = new RuleGraph(input.Cluster, policies.ToImmutable(), options);
        ReportEmptySubjects(graph, diagnostics);
        return Stage.Of(graph, diagnostics);
    }

    private static PolicyNode FromNetworkPolicy(NetworkPolicy policy, int index, ref int nextRule)
    {
        // spec.policyTypes: "If this field is not specified, it will default based on the existence of ingress or egress
        // rules; policies that contain an egress section are assumed to affect egress, and all policies (whether or not
        // they contain an ingress section) are assumed to affect ingress."
        var inferred = policy.PolicyTypes.IsEmpty;
        var ingress = inferred || policy.PolicyTypes.Contains(NetworkPolicyType.Ingress);
        var egress = inferred ? !policy.Egress.IsEmpty : policy.PolicyTypes.Contains(NetworkPolicyType.Egress);

        var rules = ImmutableArray.CreateBuilder<Rule>();
        foreach (var (direction, isolates, written) in new[] { (Direction.Ingress, ingress, policy.Ingress), (Direction.Egress, egress, policy.Egress) })
        {
            for (var i = 0; isolates && i < written.Length; i++)
            {
                var id = new RuleId(nextRule++);
                rules.Add(new Rule(id, index, direction, i, RuleAction.Allow, Peers(written[i], policy), Ports(written[i]), written[i].Span));
            }
        }

        var subject = new EndpointSelector(policy.Namespace, null, policy.PodSelector, policy.PodSelector.Span);
        return new PolicyNode(
            index, policy.Kind, policy.Namespace, policy.Name, Tier.Normal, subject, ingress, egress, rules.ToImmutable(), policy.Span);
    }

    private static ImmutableArray<Peer> Peers(NetworkPolicyRule rule, NetworkPolicy policy)
    {
        if (rule.Peers.IsEmpty)
        {
            return [new Peer.Any()];
        }

        return [.. rule.Peers.Select(peer => peer.IpBlock is { } block
            ? (Peer)new Peer.Cidr(block)
            : new Peer.Endpoints(new EndpointSelector(
                peer.NamespaceSelector is null ? policy.Namespace : null,
                peer.NamespaceSelector,
                peer.PodSelector ?? LabelSelector.Everything,
                peer.Span)))];
    }

    private static ImmutableArray<PortMatch> Ports(NetworkPolicyRule rule)
    {
        if (rule.Ports.IsEmpty)
        {
            return [new PortMatch.All()];
        }

        return [.. rule.Ports.Select(port =>
        {
            var protocol = port.Protocol ?? IpProtocol.Tcp;
            return port switch
            {
                { Name: { } name } => (PortMatch)new PortMatch.Named(protocol, name, port.Span),
                { Number: { } number } => new PortMatch.Range(protocol, number, port.EndPort ?? number, port.Span),
                _ => new PortMatch.Range(protocol, 0, ushort.MaxValue, port.Span),
            };
        })];
    }

    private static void ReportEmptySubjects(RuleGraph graph, List<Diagnostic> diagnostics)
    {
        if (graph.Cluster.Endpoints.IsEmpty)
        {
            if (!graph.Policies.IsEmpty)
            {
                diagnostics.Add(GraphDiagnostics.NoEndpoints.At(SourceSpan.None));
            }

            return;
        }

        var selected = new bool[graph.Policies.Length];
        foreach (var policy in graph.Cluster.Endpoints.SelectMany(e => graph.PoliciesFor(e)))
        {
            selected[policy.Index] = true;
        }

        var idle = graph.Policies.Where(p => !selected[p.Index]).ToList();
        if (idle.Count > 0)
        {
            diagnostics.Add(GraphDiagnostics.SelectsNothing.At(idle[0].Subject.Span.IsKnown ? idle[0].Subject.Span : idle[0].Span, idle.Count, idle[0].Reference));
        }
    }
}
