using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;

namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>
/// Source: policy.networking.k8s.io v1alpha1 and v1alpha2, field documentation. These kinds never isolate: what no rule
/// matches goes on to the next tier.
/// </summary>
internal static class AdminPolicyLowering
{
    /// <summary>BaselineAdminNetworkPolicy has no priority; it is asked after every policy that has one.</summary>
    public const int AfterAllPriorities = 1001;

    public static PolicyNode Lower(AdminPolicy policy) => new()
    {
        Index = 0,
        Kind = policy.Kind,
        Namespace = "",
        Name = policy.Name,
        Tier = policy.Tier,
        Priority = policy.Kind == AdminPolicy.BaselineKind ? AfterAllPriorities : policy.Priority,
        Subject = new PolicySubject.Pods(SelectorOf(policy.Subject)),
        Rules = [.. Rules(Direction.Ingress, policy.Ingress), .. Rules(Direction.Egress, policy.Egress)],
        Span = policy.Span,
    };

    private static IEnumerable<Rule> Rules(Direction direction, ImmutableArray<AdminRule> written) => written.Select((rule, i) => Draft.Rule(
        direction,
        Draft.Place(direction.Word(), i) + (rule.Name is null ? "" : $" '{rule.Name}'"),
        rule.Action,
        [.. rule.Peers.SelectMany(Peers)],
        rule.Ports.IsEmpty ? [new PortMatch.All()] : [.. rule.Ports.Select(Port)],
        rule.Span));

    private static EndpointSelector SelectorOf(AdminPods pods) => new(null, pods.NamespaceSelector, pods.PodSelector, pods.Span);

    private static IEnumerable<Peer> Peers(AdminPeer peer) => peer switch
    {
        AdminPeer.Pods pods => [new Peer.Endpoints(SelectorOf(pods.Selector))],
        AdminPeer.Nodes nodes => [new Peer.Nodes(nodes.Selector)],
        AdminPeer.Networks networks => networks.Blocks.Select(b => new Peer.Cidr(new IpBlock(b, [], networks.Span), AddressScope.Everywhere)),
        AdminPeer.DomainNames names => names.Names.Select(n => new Peer.Names(n)),
        _ => throw new InvalidOperationException($"peer {peer}"),
    };

    private static PortMatch Port(AdminPort port) => port.Name is { } name
        ? new PortMatch.Named(port.Protocol, name, port.Span)
        : new PortMatch.Range(port.Protocol!.Value, port.First, port.Last, port.Span);
}
