using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Sets as written -> who is in them.</summary>
internal sealed class FlowSetResolver(PolicyTables tables)
{
    private readonly RuleGraph _graph = tables.Graph;
    private readonly ServiceResolver _services = new(tables.Graph);
    private readonly ImmutableArray<(int Index, Endpoint Endpoint)> _endpoints =
        [.. tables.Graph.Cluster.Endpoints.Select((e, i) => (i, e)).Where(e => !e.e.IsNode)];

    private readonly Dictionary<Endpoint, int> _indexes =
        tables.Graph.Cluster.Endpoints.Select((e, i) => (e, i)).ToDictionary(x => x.e, x => x.i);

    private ImmutableSortedSet<IpAddress> AllNodes => [.. _graph.NodesByAddress.Keys];

    /// <param name="set">The set.</param>
    /// <param name="isExclusion">It is what another set is left without.</param>
    /// <param name="diagnostics">Names that the cluster does not have.</param>
    public MemberSet Resolve(FlowSet set, bool isExclusion, List<Diagnostic> diagnostics) => set switch
    {
        FlowSet.Pods pods => PodsOf(pods, diagnostics),
        FlowSet.Workload workload => Found(workload.Written, "workload", $"{workload.Namespace}/{workload.Name}", _endpoints.Where(e => IsOf(workload, e.Endpoint)),
            e => $"{e.Namespace}/{e.WorkloadName}", diagnostics),
        FlowSet.Pod pod => Found(pod.Written, "pod", $"{pod.Namespace}/{pod.Name}", _endpoints.Where(e => e.Endpoint.Namespace == pod.Namespace && e.Endpoint.Name == pod.Name),
            e => e.Reference, diagnostics),
        FlowSet.Service service => ServiceOf(service, isExclusion, diagnostics),
        FlowSet.Node node => NodeOf(node, diagnostics),
        FlowSet.Nodes nodes => new MemberSet { Nodes = [.. _graph.NodesByAddress.Where(n => nodes.Labels.Matches(n.Value.Labels)).Select(n => n.Key)] },
        FlowSet.Cidr cidr => new MemberSet { Addresses = AddressSet.Of(AddressRange.Of(cidr.Block)) },
        FlowSet.Address address => At([address.Value], isExclusion),
        FlowSet.DnsName name => NameOf(name.Name, isExclusion),
        FlowSet.Reserved reserved => EntityOf(reserved.Entity, isExclusion),
        FlowSet.Anything => EntityOf(Entity.All, isExclusion),
        FlowSet.Nothing => MemberSet.Empty,
        FlowSet.Union union => union.Sets.Select(s => Resolve(s, isExclusion, diagnostics)).Aggregate((a, b) => a.Union(b)),
        FlowSet.Except except => Resolve(except.Set, isExclusion, diagnostics).Except(Resolve(except.Without, true, diagnostics)),
        FlowSet.Optional optional => Resolve(optional.Set, isExclusion, []) with { IsOptional = true },
        _ => throw new InvalidOperationException($"set {set}"),
    };

    /// <summary>Whoever has the addresses; to be left without a service's address is to be left without its backends too.</summary>
    private MemberSet At(IEnumerable<IpAddress> addresses, bool isExclusion)
    {
        var byOwner = addresses.ToLookup(a => _graph.EndpointAt(a) is not null ? "pod" : _graph.NodeAt(a) is not null ? "node" : _services.At(a).Any() ? "service" : "");
        var members = new MemberSet
        {
            Pods = [.. byOwner["pod"].Select(a => _indexes[_graph.EndpointAt(a)!])],
            Nodes = [.. byOwner["node"]],
            Addresses = AddressSet.Of(byOwner[""].Select(a => new AddressRange(a, a))),
            ServiceAddresses = [.. byOwner["service"]],
        };
        return !isExclusion ? members : byOwner["service"].SelectMany(_services.At).Distinct().Select(BackendsOf).Aggregate(members, (a, b) => a.Union(b));
    }

    private MemberSet BackendsOf(Service service) => At(
        service.Ports.SelectMany(p => new[] { AddressFamily.IPv4, AddressFamily.IPv6 }
            .SelectMany(f => _services.Translate(service, f, p.Protocol, p.Port).Backends)).Select(b => b.End.Address).OfType<IpAddress>(),
        isExclusion: false);

    private MemberSet PodsOf(FlowSet.Pods pods, List<Diagnostic> diagnostics)
    {
        if (pods.Namespace is { } ns && _graph.Cluster.Namespaces.All(n => n.Name != ns))
        {
            diagnostics.Add(Unknown(pods.Written, "namespace", ns, _graph.Cluster.Namespaces.Select(n => n.Name)));
            return MemberSet.Empty;
        }

        var matching = _endpoints.Where(e => (pods.Namespace is null || e.Endpoint.Namespace == pods.Namespace)
            && (pods.Namespaces is null || pods.Namespaces.Matches(_graph.NamespaceOf(e.Endpoint).Labels))
            && pods.Labels.Matches(e.Endpoint.PolicyLabels)).ToLookup(e => e.Endpoint.HostNetwork);
        return Of(matching[false]) with { SkipsHostPods = matching[true].Any() };
    }

    /// <summary>A Deployment's pods are its ReplicaSets'.</summary>
    private static bool IsOf(FlowSet.Workload workload, Endpoint pod) =>
        pod.Namespace == workload.Namespace && (pod.WorkloadName == workload.Name || pod.DeploymentName == workload.Name);

    private MemberSet Found(
        SourceSpan written, string what, string name, IEnumerable<(int, Endpoint)> found, Func<Endpoint, string> known, List<Diagnostic> diagnostics)
    {
        var members = Of(found);
        if (members.Pods.IsEmpty && members.Nodes.IsEmpty)
        {
            diagnostics.Add(Unknown(written, what, name, _endpoints.Select(e => known(e.Endpoint))));
        }

        return members;
    }

    /// <summary>A host-network pod is its node's address, or its own where that is not known.</summary>
    private MemberSet Of(IEnumerable<(int Index, Endpoint Endpoint)> endpoints)
    {
        var byNetwork = endpoints.ToLookup(e => e.Endpoint.HostNetwork);
        var hosts = byNetwork[true].SelectMany(e => (e.Endpoint.HasSyntheticAddresses ? _graph.NodeOf(e.Endpoint) : null) is { Addresses.IsEmpty: false } node
            ? node.Addresses : e.Endpoint.Addresses);
        return new MemberSet { Pods = [.. byNetwork[false].Select(e => e.Index)], Nodes = [.. hosts] };
    }

    private MemberSet ServiceOf(FlowSet.Service reference, bool isExclusion, List<Diagnostic> diagnostics)
    {
        if (_services.Find(reference.Namespace, reference.Name) is not { } service)
        {
            diagnostics.Add(Unknown(reference.Written, "service", $"{reference.Namespace}/{reference.Name}", _graph.Cluster.Services.Select(s => $"{s.Namespace}/{s.Name}")));
            return MemberSet.Empty;
        }

        return isExclusion ? BackendsOf(service) : new MemberSet { Services = [service] };
    }

    private MemberSet NodeOf(FlowSet.Node reference, List<Diagnostic> diagnostics)
    {
        if (_graph.Cluster.Nodes.FirstOrDefault(n => n.Name == reference.Name) is not { Addresses.IsEmpty: false } node)
        {
            diagnostics.Add(Unknown(reference.Written, "node", reference.Name, _graph.Cluster.Nodes.Select(n => n.Name)));
            return MemberSet.Empty;
        }

        return new MemberSet { Nodes = [.. node.Addresses] };
    }

    /// <summary>Its addresses, if any are known; others may be learnt, which an exclusion covers too.</summary>
    private MemberSet NameOf(string name, bool isExclusion)
    {
        var addresses = _graph.Cluster.DnsRecords.FirstOrDefault(r => r.Name == name)?.Addresses ?? [];
        var known = At(addresses, isExclusion);
        return addresses.IsEmpty || isExclusion ? known with { IPv4Names = NameSet.Of(name), IPv6Names = NameSet.Of(name) } : known;
    }

    private MemberSet EntityOf(Entity entity, bool isExclusion)
    {
        var apiServer = _services.Find("default", "kubernetes")?.BackendAddresses ?? [];
        return entity switch
        {
            Entity.None => MemberSet.Empty,
            Entity.All => EntityOf(Entity.World, isExclusion).Union(EntityOf(Entity.Cluster, isExclusion)),
            Entity.World => EntityOf(Entity.WorldIPv4, isExclusion).Union(EntityOf(Entity.WorldIPv6, isExclusion)),
            Entity.WorldIPv4 => new MemberSet { Addresses = AddressSet.Of(AddressRange.All(AddressFamily.IPv4)), IPv4Names = NameSet.All },
            Entity.WorldIPv6 => new MemberSet { Addresses = AddressSet.Of(AddressRange.All(AddressFamily.IPv6)), IPv6Names = NameSet.All },
            // The own node is among the nodes; who asks about others of the cluster means those that are known, if any are.
            Entity.Cluster => new MemberSet
            {
                Pods = [.. _endpoints.Where(e => !e.Endpoint.HostNetwork).Select(e => e.Index)],
                Nodes = AllNodes,
                Entities = [.. Entities.Reserved.Where(e => e != Entity.Host && (e != Entity.RemoteNode || AllNodes.IsEmpty) && (e != Entity.KubeApiServer || apiServer.IsEmpty))],
                IsAnything = true,
            },
            Entity.KubeApiServer when !apiServer.IsEmpty => At(apiServer, isExclusion),
            Entity.RemoteNode when isExclusion => new MemberSet { Entities = [entity], Nodes = AllNodes },
            _ => new MemberSet { Entities = [entity] },
        };
    }

    private static Diagnostic Unknown(SourceSpan span, string what, string name, IEnumerable<string> known) =>
        AssertionDiagnostics.UnknownName.At(span, what, name, Suggestion.Clause(name, [.. known.Distinct().Order(StringComparer.Ordinal)]));
}
