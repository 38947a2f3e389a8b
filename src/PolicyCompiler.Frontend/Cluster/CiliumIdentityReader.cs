using System.Globalization;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Cluster;

/// <summary>cilium.io CiliumIdentity and CiliumEndpoint: the identity numbers of a running cluster.</summary>
internal sealed class CiliumIdentityReader(FieldReader fields, MetadataReader metadata)
{
    private const string KubernetesSource = "k8s:";

    /// <summary>Null when it has no number, which has been reported, or labels of another source than Kubernetes.</summary>
    public IdentityManifest? ReadIdentity(YamlMapping item)
    {
        var meta = metadata.Read(item, "CiliumIdentity");
        var labels = new List<KeyValuePair<string, string>>();
        if (fields.Mapping(item, "security-labels") is { } written)
        {
            foreach (var (key, value) in written.Entries)
            {
                if (!key.Text.StartsWith(KubernetesSource, StringComparison.Ordinal))
                {
                    return null;
                }

                if (fields.IsText(value, out var text))
                {
                    labels.Add(KeyValuePair.Create(key.Text[KubernetesSource.Length..], FieldReader.Content(text)));
                }
            }
        }

        if (meta is null)
        {
            return null;
        }

        if (uint.TryParse(meta.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return new IdentityManifest(number, new LabelSet(labels), meta.Span);
        }

        fields.Findings.Report(CiliumIdentityDiagnostics.IdentityName, meta.Span, Quote.Shorten(meta.Name));
        return null;
    }

    /// <summary>Null while the endpoint has no identity yet.</summary>
    public EndpointIdentity? ReadEndpoint(YamlMapping item)
    {
        var meta = metadata.Read(item, "CiliumEndpoint");
        if (fields.Mapping(item, "status") is not { } status || fields.Mapping(status, "identity") is not { } identity
            || FieldReader.Find(identity, "id") is not { } node || !fields.IsInteger(node, out var number))
        {
            return null;
        }

        if (number is < 0 or > uint.MaxValue)
        {
            fields.Findings.ReportField(CiliumIdentityDiagnostics.IdentityNumber, node, ((YamlScalar)node).Text);
            return null;
        }

        return meta is null || number == 0 ? null : new EndpointIdentity(meta.Namespace, meta.Name, (uint)number, meta.Span);
    }
}
