using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>The part of a report that concerns a pod, a workload, a namespace or an address.</summary>
public sealed class ConnectivityFocus
{
    /// <summary>What a focus can be written as.</summary>
    public const string Forms = "namespace, namespace/name, namespace/name[Kind], or ip:ADDRESS";

    private readonly HashSet<ConnectivityEnd> _ends;
    private readonly HashSet<ConnectivityEnd> _services;
    private readonly ImmutableArray<IpAddress> _outside;

    private ConnectivityFocus(
        HashSet<ConnectivityEnd> ends, HashSet<ConnectivityEnd> services, ImmutableArray<IpAddress> outside, Direction? direction)
    {
        _ends = ends;
        _services = services;
        _outside = outside;
        OnlyDirection = direction;
    }

    /// <summary>Only into it, or only out of it; null: both.</summary>
    public Direction? OnlyDirection { get; }

    /// <param name="graph">The graph that the report is of.</param>
    /// <param name="report">The report.</param>
    /// <param name="name">
    /// In one of the <see cref="Forms"/>. A pod stands for the end that it is part of; a service whose name no pod and no
    /// workload has, and its address, for its backends; an address that nobody has, for the range that it lies in.
    /// </param>
    /// <param name="direction">Only connections into it, or only those out of it; null: both.</param>
    /// <returns>Null if there is nothing of that name.</returns>
    public static ConnectivityFocus? Find(RuleGraph graph, ConnectivityReport report, string name, Direction? direction)
    {
        IpAddress? address = null;
        if (name.StartsWith("ip:", StringComparison.Ordinal))
        {
            if (!IpAddress.TryParse(name[3..], out var parsed))
            {
                return null;
            }

            address = parsed;
        }

        var services = graph.Cluster.Services.Where(s => address is { } known ? s.ClusterAddresses.Contains(known) || s.ExternalAddresses.Contains(known) : IsNamed(s, name)).ToList();
        var pods = graph.Cluster.Endpoints.Where(e => !e.IsNode && address is null && IsNamed(e, name)).ToList();
        var addresses = pods.Count > 0 ? [] : services.Where(s => s.Namespace != name).SelectMany(s => BackendsOf(graph, s)).ToHashSet();
        // Other ports of a node lead to it, whatever service has its address too.
        if (address is { } own && (services.Count == 0 || graph.NodeAt(own) is not null))
        {
            addresses.Add(own);
        }

        pods.AddRange(graph.Cluster.Endpoints.Where(e => !e.IsNode && (e.HostNetwork ? graph.HostAddresses(e) : e.Addresses).Any(addresses.Contains)));
        var named = pods.Select(p => ConnectivityEnd.Of(p, report.Options.Level)).ToHashSet();
        // By reference: a report has one object an end, and rows are many.
        var ends = report.Ends.Where(named.Contains).ToHashSet<ConnectivityEnd>(ReferenceEqualityComparer.Instance);
        return ends.Count > 0 || addresses.Count > 0 || services.Exists(s => s.Namespace != name)
            ? new ConnectivityFocus(
                ends, [.. services.Select(s => new ConnectivityEnd.Service(s.Namespace, s.Name))], [.. addresses.Where(a => graph.EndpointAt(a) is null)], direction)
            : null;
    }

    public bool Shows(ConnectivityRow row) =>
        (OnlyDirection != Direction.Ingress && Is(row.Source)) || (OnlyDirection != Direction.Egress && Is(row.Destination));

    public bool Shows(ServiceConnectivityRow row) =>
        (OnlyDirection != Direction.Ingress && Is(row.Source)) || (OnlyDirection != Direction.Egress && Is(row.Service));

    /// <summary>What an end opens in a direction.</summary>
    public bool Shows(ConnectivityEnd end, Direction direction) => (OnlyDirection ?? direction) == direction && Is(end);

    public bool Is(ConnectivityEnd end) => end switch
    {
        ConnectivityEnd.Addresses range => _outside.Any(range.Contains),
        ConnectivityEnd.Service service => _services.Contains(service),
        _ => _ends.Contains(end),
    };

    private static bool IsNamed(Endpoint pod, string name) => pod.Namespace == name || pod.Reference == name
        || (name.Contains('/', StringComparison.Ordinal)
            && (name == $"{pod.Namespace}/{pod.WorkloadName}" || name == $"{pod.Namespace}/{pod.Name}[Pod]" || name == ConnectivityEnd.Workload.Of(pod).Text
                || (pod.DeploymentName is { } deployment && (name == $"{pod.Namespace}/{deployment}" || name == $"{pod.Namespace}/{deployment}[Deployment]"))));

    private static bool IsNamed(Service service, string name) => service.Namespace == name
        || name == $"{service.Namespace}/{service.Name}" || name == $"{service.Namespace}/{service.Name}[Service]";

    private static IEnumerable<IpAddress> BackendsOf(RuleGraph graph, Service service)
    {
        var resolver = new ServiceResolver(graph);
        return service.Ports.SelectMany(p => new[] { AddressFamily.IPv4, AddressFamily.IPv6 }
            .SelectMany(f => resolver.Translate(service, f, p.Protocol, p.Port).Backends)).Select(b => b.End.Address).OfType<IpAddress>();
    }
}
