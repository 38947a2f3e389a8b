using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>Source: the field documentation of networking.k8s.io/v1 NetworkPolicy.</summary>
internal static class NetworkPolicyLowering
{
    public static PolicyNode Lower(NetworkPolicy policy, GraphOptions options)
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
                rules.Add(Draft.Rule(
                    direction, Draft.Place(direction.Word(), i), RuleAction.Allow, Peers(written[i], policy, options), Ports(written[i]), written[i].Span));
            }
        }

        return new PolicyNode
        {
            Index = 0,
            Kind = policy.Kind,
            Namespace = policy.Namespace,
            Name = policy.Name,
            Tier = Tier.Normal,
            Subject = new PolicySubject.Pods(new EndpointSelector(policy.Namespace, null, policy.PodSelector, policy.PodSelector.Span)),
            IsolatesIngress = ingress,
            IsolatesEgress = egress,
            Rules = rules.ToImmutable(),
            Span = policy.Span,
        };
    }

    private static ImmutableArray<Peer> Peers(NetworkPolicyRule rule, NetworkPolicy policy, GraphOptions options)
    {
        if (rule.Peers.IsEmpty)
        {
            return [new Peer.Any()];
        }

        var scope = options.IpBlockMatchesPods ? AddressScope.Everywhere : AddressScope.OutsideAndNodes;
        return [.. rule.Peers.Select(peer => peer.IpBlock is { } block
            ? (Peer)new Peer.Cidr(block, scope)
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
}
