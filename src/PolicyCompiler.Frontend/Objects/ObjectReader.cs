using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model.Cilium;
using PolicyCompiler.Frontend.Cluster;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Policies;
using PolicyCompiler.Frontend.Policies.Admin;
using PolicyCompiler.Frontend.Policies.Cilium;
using PolicyCompiler.Frontend.Yaml;

namespace PolicyCompiler.Frontend.Objects;

/// <summary>One document to the objects in it, by API group and kind.</summary>
internal sealed class ObjectReader
{
    private const string ListSuffix = "List";
    private static readonly string[] PolicyKinds =
    [
        "NetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "AdminNetworkPolicy",
        "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy", "GlobalNetworkPolicy",
    ];

    /// <summary>Top-level fields of Kubernetes objects: a document without any, not even a misspelt one, is none.</summary>
    private static readonly string[] ListFields = ["apiVersion", "kind", "metadata", "items"];

    private static readonly string[] ObjectFields = ["apiVersion", "kind", "metadata", "spec", "items", "status"];

    private readonly Findings _findings;
    private readonly FieldReader _fields;
    private readonly NetworkPolicyReader _policies;
    private readonly CiliumPolicyReader _ciliumPolicies;
    private readonly CidrGroupReader _cidrGroups;
    private readonly CiliumIdentityReader _identities;
    private readonly AdminPolicyReader _adminPolicies;
    private readonly PodReader _pods;
    private readonly ServiceReader _services;
    private readonly NodeReader _nodes;

    public ObjectReader(Findings findings)
    {
        _findings = findings;
        _fields = new FieldReader(findings);
        var labels = new LabelReader(_fields);
        var metadata = new MetadataReader(_fields, labels);
        var addresses = new AddressReader(_fields);
        _policies = new NetworkPolicyReader(_fields, labels, metadata);
        _ciliumPolicies = new CiliumPolicyReader(_fields, labels, metadata);
        _cidrGroups = new CidrGroupReader(_fields, metadata);
        _identities = new CiliumIdentityReader(_fields, metadata);
        _adminPolicies = new AdminPolicyReader(_fields, labels, metadata);
        _pods = new PodReader(_fields, labels, metadata, addresses);
        _services = new ServiceReader(_fields, labels, metadata, addresses);
        _nodes = new NodeReader(_fields, metadata, addresses);
    }

    public Manifests Objects { get; } = new();

    public void Read(YamlNode document)
    {
        if (document is YamlMapping item)
        {
            if (item.Entries.All(e => Suggestion.For(e.Key.Text, ObjectFields) is null))
            {
                _findings.Report(ObjectDiagnostics.NotAnObject, document.Span);
                return;
            }

            Read(item, inheritedApiVersion: null, inheritedKind: null);
        }
        else
        {
            _findings.Report(ObjectDiagnostics.DocumentNotMapping, document.Span, document.Description);
        }
    }

    /// <summary>Items of a typed list may leave out what the list's own kind says.</summary>
    private void Read(YamlMapping item, string? inheritedApiVersion, string? inheritedKind)
    {
        var (kind, kindSpan) = TextOrInherited(item, "kind", inheritedKind);
        var (apiVersion, _) = TextOrInherited(item, "apiVersion", inheritedApiVersion);
        if (kind is null)
        {
            Report(item, "kind", ObjectDiagnostics.KindMissing);
        }

        if (apiVersion is null)
        {
            Report(item, "apiVersion", ObjectDiagnostics.ApiVersionMissing, Quote.Shorten(kind ?? "?"));
        }

        if (kind is null || apiVersion is null)
        {
            return;
        }

        if (kind.EndsWith(ListSuffix, StringComparison.Ordinal) && ItemsFields(item) is var lists && (kind == ListSuffix || lists.Count > 0))
        {
            var itemKind = kind == ListSuffix ? null : kind[..^ListSuffix.Length];

            // A list of something else may be of any shape; a misspelt "items" of these would lose policies.
            if (itemKind is null || PolicyKinds.Contains(itemKind))
            {
                _fields.CheckFields(item, kind, [.. ListFields, .. lists.Select(l => l.Text)]);
            }

            foreach (var child in lists.SelectMany(l => _fields.Mappings(item, l.Text)))
            {
                Read(child, itemKind is null ? null : apiVersion, itemKind);
            }
        }
        else
        {
            ReadKind(item, apiVersion, kind, kindSpan);
        }
    }

    /// <summary>
    /// <c>items</c>. Tools that ignore case made lists with <c>Items</c>: left out, their policies would be lost.
    /// </summary>
    private List<YamlScalar> ItemsFields(YamlMapping item)
    {
        var fields = item.Entries.Select(e => e.Key).Where(k => k.Text.Equals("items", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var field in fields.Where(f => f.Text != "items"))
        {
            _findings.Report(AdminDiagnostics.ItemsInWrongCase, field.Span, field.Text);
        }

        return fields;
    }

    private void ReadKind(YamlMapping item, string apiVersion, string kind, SourceSpan span)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : apiVersion[..slash];
        switch (group, kind)
        {
            case ("networking.k8s.io", "NetworkPolicy") when apiVersion == "networking.k8s.io/v1":
                Add(Objects.Policies, _policies.Read(item));
                break;
            case ("cilium.io", CiliumPolicy.NamespacedKind or CiliumPolicy.ClusterwideKind) when apiVersion == "cilium.io/v2":
                Add(Objects.Policies, _ciliumPolicies.Read(item, kind));
                break;
            case ("cilium.io", CidrGroupReader.Kind) when CidrGroupReader.ApiVersions.Contains(apiVersion):
                Add(Objects.CidrGroups, _cidrGroups.Read(item));
                break;
            case ("cilium.io", "CiliumIdentity"):
                Add(Objects.Identities, _identities.ReadIdentity(item));
                break;
            case ("cilium.io", "CiliumEndpoint"):
                Add(Objects.EndpointIdentities, _identities.ReadEndpoint(item));
                break;
            case ("policy.networking.k8s.io", _) when AdminVariant.Of(apiVersion, kind) is { } variant:
                Add(Objects.Policies, _adminPolicies.Read(item, variant));
                break;
            case ("", "Pod"):
                Add(Objects.Pods, _pods.ReadPod(item));
                break;
            case ("", "ReplicationController"):
            case ("apps" or "extensions", "Deployment" or "ReplicaSet" or "DaemonSet"):
            case ("apps", "StatefulSet"):
            case ("batch", "Job" or "CronJob"):
                Add(Objects.Workloads, _pods.ReadWorkload(item, kind));
                break;
            case ("", "Namespace"):
                Add(Objects.Namespaces, _nodes.ReadNamespace(item));
                break;
            case ("", "Service"):
                Add(Objects.Services, _services.ReadService(item));
                break;
            case ("", "Endpoints"):
                Add(Objects.Backends, _services.ReadEndpoints(item));
                break;
            case ("discovery.k8s.io", "EndpointSlice"):
                Add(Objects.Backends, _services.ReadEndpointSlice(item));
                break;
            case ("", "Node"):
                Add(Objects.Nodes, _nodes.ReadNode(item));
                break;
            default:
                ReadOther(apiVersion, kind, span);
                break;
        }
    }

    /// <summary>
    /// A policy must never be left out in silence, so whatever may be one is an error. Calico's staged policies are
    /// not: they are not enforced.
    /// </summary>
    private void ReadOther(string apiVersion, string kind, SourceSpan span)
    {
        var single = kind.EndsWith(ListSuffix, StringComparison.Ordinal) ? kind[..^ListSuffix.Length] : kind;
        if (single.EndsWith("NetworkPolicy", StringComparison.Ordinal) && !single.StartsWith("Staged", StringComparison.Ordinal))
        {
            _findings.Report(ObjectDiagnostics.UnsupportedPolicyKind, span, Quote.Shorten(kind), Quote.Shorten(apiVersion));
        }
        else if (!kind.StartsWith("Staged", StringComparison.Ordinal) && Suggestion.For(single, PolicyKinds) is { } meant)
        {
            _findings.Report(ObjectDiagnostics.MisspeltPolicyKind, span, Quote.Shorten(kind), meant);
        }
        else
        {
            Objects.Others.Add(new OtherKind(apiVersion, kind, span));
        }
    }

    private (string? Text, SourceSpan Span) TextOrInherited(YamlMapping item, string name, string? inherited) =>
        _fields.Text(item, name) is { Text.Length: > 0 } text ? (text.Text, text.Span) : (inherited, item.Span);

    /// <summary>Unless the field is there with a wrong type, which has been reported.</summary>
    private void Report(YamlMapping item, string name, DiagnosticDescriptor descriptor, params ReadOnlySpan<object?> arguments)
    {
        var node = FieldReader.Find(item, name);
        if (node is null or YamlScalar { Kind: ScalarKind.String })
        {
            _findings.Report(descriptor, node?.Span ?? item.Span, arguments);
        }
    }

    private static void Add<T>(List<T> list, T? value)
        where T : class
    {
        if (value is not null)
        {
            list.Add(value);
        }
    }
}
