using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>Pods, and the workloads that make them.</summary>
internal sealed class PodReader(FieldReader fields, LabelReader labels, MetadataReader metadata, AddressReader addresses)
{
    private readonly ContainerPortReader _ports = new(fields);

    public PodManifest? ReadPod(YamlMapping item)
    {
        var meta = metadata.Read(item, "Pod");
        var spec = fields.Mapping(item, "spec");
        var template = ReadSpec(meta?.Labels ?? LabelSet.Empty, spec);
        ImmutableArray<StatedAddress> stated = [];
        var isFinished = false;
        if (fields.Mapping(item, "status") is { } status)
        {
            isFinished = fields.Text(status, "phase") is { Text: "Succeeded" or "Failed" };
            stated = ReadAddresses(status);
        }

        return meta is null ? null : new PodManifest(meta, template, stated, isFinished);
    }

    public WorkloadManifest? ReadWorkload(YamlMapping item, string kind)
    {
        var meta = metadata.Read(item, kind);
        var spec = fields.Mapping(item, "spec");
        if (kind == "CronJob" && spec is not null)
        {
            spec = fields.Mapping(spec, "jobTemplate") is { } job ? fields.Mapping(job, "spec") : null;
        }

        var template = spec is null ? null : fields.Mapping(spec, "template");
        var templateMetadata = template is null ? null : fields.Mapping(template, "metadata");
        var pod = ReadSpec(
            templateMetadata is null ? LabelSet.Empty : labels.ReadLabels(templateMetadata),
            template is null ? null : fields.Mapping(template, "spec"));
        return meta is null ? null : new WorkloadManifest(kind, meta, pod);
    }

    private PodTemplate ReadSpec(LabelSet labelSet, YamlMapping? spec)
    {
        if (spec is null)
        {
            return new PodTemplate(labelSet, [], [], HostNetwork: false, NodeName: null, ServiceAccount: null);
        }

        var ports = _ports.Read(spec);
        ImmutableArray<NamedPort> declared =
            [.. ports.Distinct().OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Protocol).ThenBy(p => p.Number)];
        var account = fields.Text(spec, "serviceAccountName") ?? fields.Text(spec, "serviceAccount");
        return new PodTemplate(
            labelSet,
            [.. declared.Where(p => p.Name.Length > 0)],
            declared,
            fields.Boolean(spec, "hostNetwork"),
            fields.Text(spec, "nodeName") is { Text.Length: > 0 } node ? node.Text : null,
            account is { Text.Length: > 0 } ? account.Text : null);
    }

    /// <summary>podIPs repeats podIP as its first item.</summary>
    private ImmutableArray<StatedAddress> ReadAddresses(YamlMapping status)
    {
        var result = new List<StatedAddress>(2);
        Add(result, FieldReader.Find(status, "podIP"));
        foreach (var item in fields.Mappings(status, "podIPs"))
        {
            Add(result, FieldReader.Find(item, "ip"));
        }

        return [.. result.OrderBy(a => a.Value.Family)];
    }

    private void Add(List<StatedAddress> stated, YamlNode? node)
    {
        if (node is null || addresses.Read(node) is not { } address || stated.Exists(a => a.Value == address))
        {
            return;
        }

        if (stated.Exists(a => a.Value.Family == address.Family))
        {
            fields.Findings.ReportField(ClusterDiagnostics.TwoAddressesOfFamily, node, address, address.Family);
            return;
        }

        stated.Add(new StatedAddress(address, node.Span));
    }
}
