using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Objects;

/// <summary>metadata of an object (meta/v1 ObjectMeta).</summary>
internal sealed class MetadataReader(FieldReader fields, LabelReader labels)
{
    private const string DefaultNamespace = "default";

    // clusterName went with Kubernetes 1.24 and selfLink with 1.20, but older exports have them.
    public static readonly string[] MetadataFields =
    [
        "name", "namespace", "labels", "annotations", "generateName", "uid", "resourceVersion", "generation", "creationTimestamp",
        "deletionTimestamp", "deletionGracePeriodSeconds", "ownerReferences", "finalizers", "managedFields", "selfLink", "clusterName",
    ];

    /// <summary>For a policy: every field must be known. Null when there is no name, which has been reported.</summary>
    public ObjectMetadata? ReadPolicy(YamlMapping item, string kind)
    {
        var metadata = fields.Mapping(item, "metadata");
        if (metadata is not null)
        {
            fields.CheckFields(metadata, "metadata", MetadataFields);
            CheckAnnotations(metadata);
        }

        return Read(item, metadata, kind, takeGenerateName: false);
    }

    /// <summary>
    /// For the objects of a cluster, read leniently. A generated name stands for itself without its last dash: a Job
    /// is often written so, and no policy can refer to its name.
    /// </summary>
    public ObjectMetadata? Read(YamlMapping item, string kind) =>
        Read(item, fields.Mapping(item, "metadata"), kind, takeGenerateName: true);

    private ObjectMetadata? Read(YamlMapping item, YamlMapping? metadata, string kind, bool takeGenerateName)
    {
        if (metadata is null)
        {
            if (FieldReader.Find(item, "metadata") is null)
            {
                fields.Findings.Report(ObjectDiagnostics.NameMissing, item.Span, kind);
            }

            return null;
        }

        var generated = fields.Text(metadata, "generateName");
        var name = fields.Text(metadata, "name");
        var labelSet = labels.ReadLabels(metadata);
        var ns = ReadNamespace(metadata);
        if (name is null || name.Text.Length == 0)
        {
            if (generated is null)
            {
                // A name of the wrong type has been reported already.
                if (name is not null || FieldReader.Find(metadata, "name") is null)
                {
                    fields.Findings.Report(ObjectDiagnostics.NameMissing, (name ?? metadata as YamlNode).Span, kind);
                }

                return null;
            }

            if (!takeGenerateName)
            {
                fields.Findings.Report(ObjectDiagnostics.GenerateName, generated.Span, Quote.Shorten(generated.Text));
                return null;
            }
        }

        var node = name is { Text.Length: > 0 } ? name : generated!;
        var text = ReferenceEquals(node, generated) ? node.Text.TrimEnd('-') : node.Text;
        if (!KubernetesNames.IsDnsSubdomain(text))
        {
            fields.Findings.ReportField(ObjectDiagnostics.InvalidName, node, Quote.Shorten(node.Text));
        }

        return new ObjectMetadata(ns, text, labelSet, ReadOwner(metadata), node.Span);
    }

    private string ReadNamespace(YamlMapping metadata)
    {
        if (fields.Text(metadata, "namespace") is not { Text.Length: > 0 } node)
        {
            return DefaultNamespace;
        }

        if (!KubernetesNames.IsDnsLabel(node.Text))
        {
            fields.Findings.ReportField(ObjectDiagnostics.InvalidNamespace, node, Quote.Shorten(node.Text));
        }

        return node.Text;
    }

    private WorkloadReference? ReadOwner(YamlMapping metadata)
    {
        if (FieldReader.Find(metadata, "ownerReferences") is null)
        {
            return null;
        }

        foreach (var owner in fields.Mappings(metadata, "ownerReferences"))
        {
            // An owner of no stated kind, as hand-written inputs have it, is known by its name alone.
            if (fields.Boolean(owner, "controller") && fields.Text(owner, "name") is { } name)
            {
                return new WorkloadReference(fields.Text(owner, "kind")?.Text ?? "Pod", name.Text);
            }
        }

        return null;
    }

    private void CheckAnnotations(YamlMapping metadata)
    {
        if (fields.Mapping(metadata, "annotations") is { } annotations)
        {
            foreach (var entry in annotations.Entries)
            {
                fields.IsText(entry.Value, out _);
            }
        }
    }
}
