using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>Services and the objects that list their backends.</summary>
internal sealed class ServiceReader(FieldReader fields, LabelReader labels, MetadataReader metadata, AddressReader addresses)
{
    private const string Headless = "None";
    private const string ServiceNameLabel = "kubernetes.io/service-name";

    public Service? ReadService(YamlMapping item)
    {
        var meta = metadata.Read(item, "Service");
        var spec = fields.Mapping(item, "spec") ?? new YamlMapping(item.Span, []);
        var cluster = new List<IpAddress>();
        Add(cluster, FieldReader.Find(spec, "clusterIP"));
        AddItems(cluster, spec, "clusterIPs");
        var external = new List<IpAddress>();
        AddItems(external, spec, "externalIPs");
        Add(external, FieldReader.Find(spec, "loadBalancerIP"));
        if (fields.Mapping(item, "status") is { } status && fields.Mapping(status, "loadBalancer") is { } balancer)
        {
            foreach (var ingress in fields.Mappings(balancer, "ingress"))
            {
                Add(external, FieldReader.Find(ingress, "ip"));
            }
        }

        var type = fields.Text(spec, "type") is { Text.Length: > 0 } text ? text.Text : "ClusterIP";
        var selector = labels.ReadLabels(spec, "selector");
        var ports = fields.Mappings(spec, "ports").Select(ReadPort).OfType<ServicePort>().ToImmutableArray();
        return meta is null
            ? null
            : new Service
            {
                Namespace = meta.Namespace,
                Name = meta.Name,
                Labels = meta.Labels,
                Type = type,
                ClusterAddresses = [.. cluster],
                ExternalAddresses = [.. external],
                Selector = selector,
                Ports = ports,
                Span = meta.Span,
            };
    }

    /// <summary>v1 Endpoints: it has the name of its service. Addresses that are not ready get no traffic.</summary>
    public ServiceBackends? ReadEndpoints(YamlMapping item)
    {
        var meta = metadata.Read(item, "Endpoints");
        var found = new List<IpAddress>();
        foreach (var subset in fields.Mappings(item, "subsets"))
        {
            foreach (var address in fields.Mappings(subset, "addresses"))
            {
                Add(found, FieldReader.Find(address, "ip"));
            }
        }

        return meta is null ? null : new ServiceBackends(meta.Namespace, meta.Name, found);
    }

    /// <summary>discovery.k8s.io EndpointSlice: a label names its service. An unknown readiness counts as ready.</summary>
    public ServiceBackends? ReadEndpointSlice(YamlMapping item)
    {
        var meta = metadata.Read(item, "EndpointSlice");
        var found = new List<IpAddress>();
        if (fields.Text(item, "addressType") is not { Text: "FQDN" })
        {
            foreach (var endpoint in fields.Mappings(item, "endpoints"))
            {
                var conditions = fields.Mapping(endpoint, "conditions");
                if (conditions is null || FieldReader.Find(conditions, "ready") is null || fields.Boolean(conditions, "ready"))
                {
                    AddItems(found, endpoint, "addresses");
                }
            }
        }

        return meta?.Labels.Find(ServiceNameLabel) is { } service ? new ServiceBackends(meta.Namespace, service, found) : null;
    }

    private ServicePort? ReadPort(YamlMapping port)
    {
        var name = fields.Text(port, "name") is { Text.Length: > 0 } text ? text.Text : null;
        var protocol = ContainerPortReader.ReadProtocol(fields, port);
        var number = fields.PortNumber(FieldReader.Find(port, "port") ?? port, ClusterDiagnostics.ContainerPortOutOfRange);
        ushort? nodePort = FieldReader.Find(port, "nodePort") is { } node and not YamlScalar { Text: "0", IsPlain: true }
            ? fields.PortNumber(node, ClusterDiagnostics.ContainerPortOutOfRange)
            : null;
        var target = FieldReader.Find(port, "targetPort");
        var targetName = target is YamlScalar { Kind: ScalarKind.String } scalar ? scalar.Text : null;
        var targetNumber = target is null or YamlScalar { Text: "0", IsPlain: true } ? number
            : targetName is null ? fields.PortNumber(target, ClusterDiagnostics.ContainerPortOutOfRange) : null;
        return number is { } known && protocol is { } stated
            ? new ServicePort(name, stated, known, targetNumber, targetName, nodePort)
            : null;
    }

    private void AddItems(List<IpAddress> found, YamlMapping mapping, string name)
    {
        foreach (var item in fields.Items(mapping, name))
        {
            Add(found, item);
        }
    }

    private void Add(List<IpAddress> found, YamlNode? node)
    {
        if (node is null or YamlScalar { Text: Headless })
        {
            return;
        }

        if (addresses.Read(node) is { } address && !found.Contains(address))
        {
            found.Add(address);
        }
    }
}
