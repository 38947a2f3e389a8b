using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>Makes the nodes that host policies select endpoints of the cluster.</summary>
internal static class HostEndpoints
{
    public static ClusterView AddTo(ClusterView cluster, PolicySet policies)
    {
        var selectors = policies.Policies.OfType<CiliumPolicy>().SelectMany(p => p.Rules).Select(r => r.NodeSelector).OfType<LabelSelector>().ToList();
        var hosts = cluster.Nodes.Where(n => selectors.Any(s => s.Matches(n.Labels))).Select(node => new Endpoint
        {
            Namespace = "",
            Name = node.Name,
            Labels = node.Labels,
            Addresses = [.. new[] { AddressFamily.IPv4, AddressFamily.IPv6 }.Select(node.Address).OfType<IpAddress>()],
            NodeName = node.Name,
            IsNode = true,
            WorkloadKind = "Node",
            WorkloadName = node.Name,
            Span = node.Span,
        }).ToList();
        return hosts.Count == 0 ? cluster : cluster with { Endpoints = [.. hosts, .. cluster.Endpoints] };
    }
}
