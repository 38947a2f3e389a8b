using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>
/// Translates destinations as the datapath does before it asks any policy: cluster addresses, external and load balancer
/// addresses by port, and node ports at every node. Backends are the addresses of EndpointSlices and Endpoints where the
/// input has them, else the pods that the service selects.
/// </summary>
public sealed class ServiceResolver
{
    private readonly RuleGraph _graph;
    private readonly ILookup<IpAddress, Service> _byClusterAddress;
    private readonly ILookup<IpAddress, Service> _byExternalAddress;
    private readonly ILookup<(IpProtocol Protocol, int Port), Service> _byNodePort;
    private readonly ILookup<string, Endpoint> _pods;

    public ServiceResolver(RuleGraph graph)
    {
        _graph = graph;
        var services = graph.Cluster.Services;
        _byClusterAddress = services.SelectMany(s => s.ClusterAddresses, (s, a) => (s, a)).ToLookup(x => x.a, x => x.s);
        _byExternalAddress = services.SelectMany(s => s.ExternalAddresses, (s, a) => (s, a)).ToLookup(x => x.a, x => x.s);
        _byNodePort = services.SelectMany(s => s.Ports.Where(p => p.NodePort is not null), (s, p) => (s, Key: (p.Protocol, (int)p.NodePort!)))
            .ToLookup(x => x.Key, x => x.s);
        _pods = graph.Cluster.Endpoints.Where(e => !e.IsNode).ToLookup(e => e.Namespace, StringComparer.Ordinal);
    }

    /// <summary>The service of that name.</summary>
    public Service? Find(string ns, string name) =>
        _graph.Cluster.Services.FirstOrDefault(s => s.Namespace == ns && s.Name == name);

    /// <summary>The services of a cluster, external or load balancer address, the first of which decides about a cluster address.</summary>
    public IEnumerable<Service> At(IpAddress address) => _byClusterAddress[address].Concat(_byExternalAddress[address]);

    /// <summary>Connections to the address lead nowhere but to what a service translates them to.</summary>
    public bool IsClusterAddress(IpAddress address) => _byClusterAddress.Contains(address);

    /// <summary>Which connections to the address are translated: the port that is addressed, and by which port of which service.</summary>
    public IEnumerable<(int Addressed, Service Service, ServicePort Port)> FrontendsAt(IpAddress address)
    {
        var services = IsClusterAddress(address) ? _byClusterAddress[address].Take(1) : _byExternalAddress[address];
        foreach (var (service, port) in services.SelectMany(s => s.Ports, (s, p) => (s, p)))
        {
            yield return (port.Port, service, port);
        }

        foreach (var onNodes in _byNodePort.Where(_ => _graph.NodeAt(address) is not null && !IsClusterAddress(address)))
        {
            var service = onNodes.First();
            yield return (onNodes.Key.Port, service, service.Ports.First(p => p.Protocol == onNodes.Key.Protocol && p.NodePort == onNodes.Key.Port));
        }
    }

    /// <summary>Null when no service has the address and port, so that the packet goes where it is addressed to.</summary>
    /// <param name="address">The destination.</param>
    /// <param name="protocol">TCP, UDP or SCTP; others are not translated.</param>
    /// <param name="port">The destination port.</param>
    public ServiceFrontend? Translate(IpAddress address, IpProtocol protocol, int port)
    {
        foreach (var service in _byClusterAddress[address])
        {
            return Of(service, address.Family, p => p.Protocol == protocol && p.Port == port);
        }

        var external = _byExternalAddress[address].FirstOrDefault(s => s.Ports.Any(p => p.Protocol == protocol && p.Port == port));
        if (external is not null)
        {
            return Of(external, address.Family, p => p.Protocol == protocol && p.Port == port);
        }

        return _graph.NodeAt(address) is not null && _byNodePort[(protocol, port)].FirstOrDefault() is { } onNodes
            ? Of(onNodes, address.Family, p => p.Protocol == protocol && p.NodePort == port)
            : null;
    }

    /// <summary>A service asked for by name.</summary>
    public ServiceFrontend Translate(Service service, AddressFamily family, IpProtocol protocol, int port) =>
        Of(service, family, p => p.Protocol == protocol && p.Port == port);

    private ServiceFrontend Of(Service service, AddressFamily family, Func<ServicePort, bool> isAsked)
    {
        var port = service.Ports.FirstOrDefault(isAsked);
        return new ServiceFrontend(service, port, port is null ? [] : [.. Backends(service, family, port).OrderBy(b => b.End.Address)]);
    }

    private IEnumerable<ServiceBackend> Backends(Service service, AddressFamily family, ServicePort port)
    {
        var ends = service.BackendAddresses.IsEmpty
            ? _pods[service.Namespace]
                .Where(e => service.Selector.Count > 0 && service.Selector.All(l => e.Labels.Find(l.Key) == l.Value))
                .Select(e => (Pod: (Endpoint?)e, Address: e.Address(family)))
                .Where(e => e.Address is not null)
            : service.BackendAddresses.Where(a => a.Family == family).Select(a => (Pod: _graph.EndpointAt(a), Address: (IpAddress?)a));
        foreach (var (pod, address) in ends)
        {
            var target = port.TargetPort ?? pod?.NamedPorts
                .Where(p => p.Name == port.TargetPortName && p.Protocol == port.Protocol).Select(p => (int?)p.Number).FirstOrDefault();
            if (target is { } number)
            {
                yield return new ServiceBackend(new FlowPeer(pod is { HostNetwork: false } ? pod : null, address), number);
            }
        }
    }
}
