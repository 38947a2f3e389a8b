using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>Nodes and namespaces: the objects without a namespace.</summary>
internal sealed class NodeReader(FieldReader fields, MetadataReader metadata, AddressReader addresses)
{
    public Node? ReadNode(YamlMapping item)
    {
        var meta = metadata.Read(item, "Node");
        var found = new List<(bool IsInternal, IpAddress Address)>();
        if (fields.Mapping(item, "status") is { } status)
        {
            foreach (var stated in fields.Mappings(status, "addresses"))
            {
                // The other types are host names.
                if (fields.Text(stated, "type") is { Text: "InternalIP" or "ExternalIP" } type
                    && FieldReader.Find(stated, "address") is { } node && addresses.Read(node) is { } address)
                {
                    found.Add((type.Text == "InternalIP", address));
                }
            }
        }

        return meta is null
            ? null
            : new Node(meta.Name, meta.Labels, [.. found.OrderBy(a => !a.IsInternal).Select(a => a.Address).Distinct()], meta.Span);
    }

    public Namespace? ReadNamespace(YamlMapping item)
    {
        if (metadata.Read(item, "Namespace") is not { } meta)
        {
            return null;
        }

        if (!KubernetesNames.IsDnsLabel(meta.Name) && KubernetesNames.IsDnsSubdomain(meta.Name))
        {
            fields.Findings.Report(ObjectDiagnostics.InvalidNamespace, meta.Span, "metadata.name", Quote.Shorten(meta.Name));
        }

        if (meta.Labels.Find(Namespace.NameLabel) is { } label && label != meta.Name)
        {
            var node = fields.Mapping(fields.Mapping(item, "metadata")!, "labels")!.Find(Namespace.NameLabel)!;
            fields.Findings.ReportField(ClusterDiagnostics.NamespaceNameLabel, node, label, meta.Name);
        }

        return new Namespace(meta.Name, meta.Labels.WithDefault(Namespace.NameLabel, meta.Name), IsImplied: false, meta.Span);
    }
}
