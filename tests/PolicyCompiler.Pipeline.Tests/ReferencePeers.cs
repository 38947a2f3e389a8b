using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Core.Names;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Peers of <see cref="ReferenceSemantics"/>: whether what is written matches the other end of a flow.</summary>
internal sealed class ReferencePeers(ClusterView cluster, GraphOptions options)
{
    private const string NamespaceKey = "io.kubernetes.pod.namespace";
    private const string NamespaceLabelPrefix = "io.cilium.k8s.namespace.labels.";

    public bool IsOwnNode(ReferenceEnd subject, ReferenceEnd remote) => remote.Entity == Entity.Host
        || (remote.Node is { } node && cluster.Nodes.Contains(node) && node.Name == (subject.Pod?.NodeName ?? subject.Node?.Name));

    /// <summary>A node asks its pods, as probes do, from the first address of each family.</summary>
    public bool IsAddressTowardsPods(ReferenceEnd node) =>
        node.Entity == Entity.Host || node.Node?.Addresses.FirstOrDefault(a => a.Family == node.Family) == node.Address;

    public bool Matches(NetworkPolicy policy, NetworkPolicyRule rule, ReferenceEnd remote) => rule.Peers.IsEmpty || rule.Peers.Any(peer =>
        peer.IpBlock is { } block
            ? remote.Entity is null && (remote.Pod is null || options.IpBlockMatchesPods) && Contains(block.Cidr, block.Except, remote)
            : remote.Pod is { } pod
                && (peer.NamespaceSelector is { } namespaces ? namespaces.Matches(LabelsOf(pod.Namespace)) : pod.Namespace == policy.Namespace)
                && (peer.PodSelector is null || peer.PodSelector.Matches(pod.PolicyLabels)));

    public bool Matches(AdminPods pods, Endpoint pod) =>
        pods.NamespaceSelector.Matches(LabelsOf(pod.Namespace)) && pods.PodSelector.Matches(pod.PolicyLabels);

    public bool Matches(AdminPeer peer, ReferenceEnd remote) => peer switch
    {
        AdminPeer.Pods pods => remote.Pod is { } pod && Matches(pods.Selector, pod),
        AdminPeer.Nodes nodes => remote.Node is { } node && nodes.Selector.Matches(node.Labels),
        AdminPeer.Networks networks => remote.Entity is null && networks.Blocks.Any(b => Contains(b, [], remote)),
        AdminPeer.DomainNames names => IsNamed(names.Names, remote),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The policy's namespace takes the place of one that is written.</summary>
    public bool IsSubject(CiliumPolicy policy, CiliumSelector selector, Endpoint pod) => policy.IsClusterwide
        ? selector.Requirements.All(r => Holds(r, CiliumLabels(pod)))
        : pod.Namespace == policy.Namespace && selector.Requirements
            .Where(r => !(r.Source == "k8s" && r.Requirement is { Key: NamespaceKey, Operator: SelectorOperator.In, Values.Length: 1 }))
            .All(r => Holds(r, CiliumLabels(pod)));

    public bool Matches(CiliumPolicy policy, CiliumRule rule, CiliumRuleItem item, ReferenceEnd subject, ReferenceEnd remote) =>
        (item.Endpoints ?? []).Any(s => Selects(policy, rule, s, subject, remote))
        || (item.Cidrs ?? []).Any(b => remote.IsOutside && Contains(b.Cidr, b.Except, remote))
        || (item.CidrSets ?? []).Any(s => remote.IsOutside && BlocksOf(s).Any(b => Contains(b, s.Except, remote)))
        || (item.Entities ?? []).Any(e => IsEntity(e.Entity, subject, remote))
        || (item.Nodes ?? []).Any(s => remote.Node is { } node && s.Matches(node.Labels))
        || (item.Services ?? []).Any(s => IsBackend(s, remote))
        || IsNamed(item.Names ?? [], remote);

    private bool Selects(CiliumPolicy policy, CiliumRule rule, CiliumSelector selector, ReferenceEnd subject, ReferenceEnd remote)
    {
        if (selector.Requirements is [{ Source: "cidr", Requirement.Key: var block }])
        {
            return remote.IsOutside && Contains(IpPrefix.Parse(block), [], remote);
        }

        IReadOnlyList<(string Source, string Key, string Value)> labels = remote.Pod is { } pod
            ? [.. CiliumLabels(pod)]
            : [.. EntityNames(subject, remote).Select(name => ("reserved", name, ""))];

        // Endpoint selectors select endpoints; an entity has to be named (docs/decisions/0008).
        if (remote.Pod is null && !selector.Requirements.Any(r => r is { Source: "reserved", Requirement.Operator: SelectorOperator.In or SelectorOperator.Exists }))
        {
            return false;
        }

        return selector.Requirements.All(r => Holds(r, labels)) && IsInScope(policy, rule, selector, remote);
    }

    private static bool IsInScope(CiliumPolicy policy, CiliumRule rule, CiliumSelector selector, ReferenceEnd remote)
    {
        bool HasKey(Func<string, bool> condition) => selector.Requirements.Any(r => r.Source is "k8s" or "any" && condition(r.Requirement.Key));
        if (selector.Requirements.Any(r => r.Source == "reserved") || HasKey(k => k == NamespaceKey))
        {
            return true;
        }

        if (policy.IsClusterwide)
        {
            var forInit = rule.EndpointSelector is { } own && own.Requirements.Any(r => r is { Source: "reserved", Requirement.Key: "init" });
            return forInit || remote.Pod is not null;
        }

        return HasKey(k => k.StartsWith(NamespaceLabelPrefix, StringComparison.Ordinal)) || remote.Pod?.Namespace == policy.Namespace;
    }

    private bool IsEntity(Entity entity, ReferenceEnd subject, ReferenceEnd remote) => entity switch
    {
        Entity.All => true,
        Entity.None => false,
        Entity.Cluster => !remote.IsOutside || IsApiServer(remote),
        Entity.KubeApiServer => remote.Entity == entity || IsApiServer(remote),
        _ => EntityNames(subject, remote).Contains(entity.Name()),
    };

    /// <summary>The names of its reserved labels.</summary>
    private List<string> EntityNames(ReferenceEnd subject, ReferenceEnd remote) => remote switch
    {
        { Pod: not null } => [],
        { Entity: { } entity } => [entity.Name()],
        { Node: not null } => [IsOwnNode(subject, remote) ? "host" : "remote-node"],
        _ => ["world", remote.Family == AddressFamily.IPv4 ? "world-ipv4" : "world-ipv6"],
    };

    private bool IsApiServer(ReferenceEnd remote) => remote.Address is { } address
        && cluster.Services.Any(s => s is { Namespace: "default", Name: "kubernetes" } && s.BackendAddresses.Contains(address));

    private bool IsBackend(CiliumServiceReference reference, ReferenceEnd remote) => cluster.Services
        .Where(s => reference.Namespace is "" || reference.Namespace == s.Namespace)
        .Where(s => reference.Name is { } name ? s.Name == name : reference.Selector!.Matches(s.Labels))
        .Any(s => s.Selector.Count > 0
            ? remote.Pod is { } pod && pod.Namespace == s.Namespace && s.Selector.All(l => pod.Labels.Find(l.Key) == l.Value)
            : remote.IsOutside && remote.Address is { } address && s.BackendAddresses.Contains(address));

    private IEnumerable<IpPrefix> BlocksOf(CiliumCidrRule rule) => rule.Cidr is { } cidr ? [cidr] : cluster.CidrGroups
        .Where(g => rule.GroupName is { } name ? g.Name == name : rule.GroupSelector!.Matches(g.Labels)).SelectMany(g => g.Blocks);

    /// <summary>The block of every address of a family matches those that are not known, too.</summary>
    private static bool Contains(IpPrefix block, IEnumerable<IpPrefix> except, ReferenceEnd remote) => remote.Address is { } address
        ? block.Contains(address) && !except.Any(e => e.Contains(address))
        : block.Length == 0 && block.Family == remote.Family && !except.Any(e => e.Contains(block)) && remote.IsOutside;

    private static bool IsNamed(IEnumerable<NamePattern> patterns, ReferenceEnd remote) =>
        remote.IsOutside && patterns.Any(p => remote.Names.Any(n => NamePatternMatcher.Matches(p, n)));

    private LabelSet LabelsOf(string ns) => cluster.Namespaces.First(n => n.Name == ns).Labels;

    /// <summary>Every label of the pod's identity.</summary>
    private IEnumerable<(string Source, string Key, string Value)> CiliumLabels(Endpoint pod) =>
        LabelsOf(pod.Namespace).Select(l => (NamespaceLabelPrefix + l.Key, l.Value))
            .Concat(pod.Labels.Select(l => (l.Key, l.Value)))
            .Append((NamespaceKey, pod.Namespace))
            .Append(("io.cilium.k8s.policy.serviceaccount", pod.ServiceAccount ?? "default"))
            .Append(("io.cilium.k8s.policy.cluster", "default"))
            .Select(l => ("k8s", l.Item1, l.Item2));

    private static bool Holds(CiliumRequirement item, IEnumerable<(string Source, string Key, string Value)> labels)
    {
        var values = labels.Where(l => l.Key == item.Requirement.Key && (item.Source == "any" || item.Source == l.Source)).Select(l => l.Value).ToList();
        return item.Requirement.Operator switch
        {
            SelectorOperator.In => values.Exists(v => item.Requirement.Values.Contains(v)),
            SelectorOperator.NotIn => !values.Exists(v => item.Requirement.Values.Contains(v)),
            SelectorOperator.Exists => values.Count > 0,
            _ => values.Count == 0,
        };
    }
}
