using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Cluster;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;

namespace PolicyCompiler.Frontend.Assembly;

/// <summary>The identity numbers that a running cluster has given to endpoints, where the input has them.</summary>
internal static class IdentityNumbers
{
    private const string NamespaceLabel = "io.kubernetes.pod.namespace";
    private const string NamespaceLabelsPrefix = "io.cilium.k8s.namespace.labels.";

    /// <summary>
    /// Keys that Cilium leaves out of identities unless a cluster says otherwise, because they differ from pod to pod
    /// (cilium: pkg/labelsfilter).
    /// </summary>
    private static readonly string[] DroppedKeys =
    [
        "pod-template-generation", "pod-template-hash", "controller-revision-hash", "controller-uid", "etcd_node",
    ];

    private static readonly string[] DroppedPrefixes =
    [
        "io.kubernetes", "kubernetes.io", "k8s.io", "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index",
        "batch.kubernetes.io/job-completion-index", "batch.kubernetes.io/controller-uid", "annotation",
    ];

    /// <summary>
    /// A pod's own CiliumEndpoint decides; else the only CiliumIdentity with its labels. Host-network pods have their node's.
    /// </summary>
    public static ImmutableArray<Endpoint> Assign(ImmutableArray<Endpoint> endpoints, ImmutableArray<Namespace> namespaces, Manifests all, Findings findings)
    {
        if (all.Identities.Count == 0 && all.EndpointIdentities.Count == 0)
        {
            return endpoints;
        }

        var namespaceLabels = namespaces.ToDictionary(n => n.Name, n => n.Labels, StringComparer.Ordinal);
        var identities = InputAssembler.Unique(
            all.Identities, i => i.Number, InputAssembler.Twice<IdentityManifest>(findings, "CiliumIdentity", i => ($"{i.Number}", i.Span)));
        var stated = InputAssembler.Unique(
                all.EndpointIdentities,
                e => (e.Namespace, e.Name),
                InputAssembler.Twice<EndpointIdentity>(findings, "CiliumEndpoint", e => ($"{e.Namespace}/{e.Name}", e.Span)))
            .ToDictionary(e => (e.Namespace, e.Name), e => e.Number);
        var pods = all.Pods.Select(p => (p.Metadata.Namespace, p.Metadata.Name)).ToHashSet();
        return [.. endpoints.Select(e => e.HostNetwork ? e : e with { IdentityNumber = Number(e) })];

        uint? Number(Endpoint endpoint)
        {
            var key = (endpoint.Namespace, endpoint.Name);
            if (pods.Contains(key) && stated.TryGetValue(key, out var number))
            {
                return number;
            }

            var labels = SecurityLabels(endpoint, namespaceLabels[endpoint.Namespace]);
            var found = identities.Where(i => Matches(i.Labels, labels)).Take(2).ToList();
            return found.Count == 1 ? found[0].Number : null;
        }
    }

    private static LabelSet SecurityLabels(Endpoint endpoint, LabelSet namespaceLabels) => new(
    [
        .. endpoint.PolicyLabels.Where(l => l.Key != NamespaceLabel && !l.Key.StartsWith(NamespaceLabelsPrefix, StringComparison.Ordinal)),
        .. namespaceLabels.Select(l => KeyValuePair.Create(NamespaceLabelsPrefix + l.Key, l.Value)),
        KeyValuePair.Create(NamespaceLabel, endpoint.Namespace),
    ]);

    private static bool Matches(LabelSet identity, LabelSet endpoint) =>
        identity.All(l => endpoint.Find(l.Key) == l.Value) && endpoint.All(l => identity.Find(l.Key) is not null || IsDropped(l.Key));

    private static bool IsDropped(string key) =>
        key != NamespaceLabel
        && (DroppedKeys.Contains(key, StringComparer.Ordinal)
            || DroppedPrefixes.Any(p => key.StartsWith(p, StringComparison.Ordinal))
            || key.Contains("beta.kubernetes.io", StringComparison.Ordinal));
}
