using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>Ports of the containers of a pod.</summary>
internal sealed class ContainerPortReader(FieldReader fields)
{
    /// <summary>In the order written; the name is empty for a port without one.</summary>
    public List<NamedPort> Read(YamlMapping podSpec)
    {
        var ports = new List<NamedPort>();
        foreach (var container in fields.Mappings(podSpec, "containers"))
        {
            ReadContainer(container, ports);
        }

        // A restartable init container runs beside the others (a sidecar); a plain one has ended before they serve.
        foreach (var container in fields.Mappings(podSpec, "initContainers"))
        {
            if (fields.Text(container, "restartPolicy") is { Text: "Always" })
            {
                ReadContainer(container, ports);
            }
        }

        return ports;
    }

    /// <summary>TCP when absent; null when it is not a protocol, which has been reported.</summary>
    public static IpProtocol? ReadProtocol(FieldReader fields, YamlMapping port)
    {
        if (fields.Text(port, "protocol") is not { } node)
        {
            return IpProtocol.Tcp;
        }

        switch (node.Text)
        {
            case "TCP":
                return IpProtocol.Tcp;
            case "UDP":
                return IpProtocol.Udp;
            case "SCTP":
                return IpProtocol.Sctp;
            default:
                fields.Findings.ReportField(ClusterDiagnostics.ContainerProtocol, node, Quote.Shorten(node.Text));
                return null;
        }
    }

    private void ReadContainer(YamlMapping container, List<NamedPort> ports)
    {
        foreach (var port in fields.Mappings(container, "ports"))
        {
            var name = ReadName(port);
            var protocol = ReadProtocol(fields, port);
            var node = FieldReader.Find(port, "containerPort") ?? port;
            if (fields.PortNumber(node, ClusterDiagnostics.ContainerPortOutOfRange) is { } number && protocol is { } known)
            {
                ports.Add(new NamedPort(name, known, number));
            }
        }
    }

    private string ReadName(YamlMapping port)
    {
        if (fields.Text(port, "name") is not { Text.Length: > 0 } name)
        {
            return "";
        }

        if (KubernetesNames.PortNameProblem(name.Text) is { } problem)
        {
            fields.Findings.ReportField(ClusterDiagnostics.ContainerPortName, name, Quote.Shorten(name.Text), problem);
        }

        return name.Text;
    }
}
