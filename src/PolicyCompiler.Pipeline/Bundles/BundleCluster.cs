using System.Collections.Immutable;
using System.Text.Json;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Pipeline.Bundles;

/// <summary>The cluster as far as a bundle tells it: endpoints, and their nodes.</summary>
internal static class BundleCluster
{
    /// <param name="bundle">The bundle.</param>
    /// <param name="known">Nodes by the addresses that have identities.</param>
    public static ClusterView Read(EnforcementBundle bundle, ImmutableArray<Node> known)
    {
        ImmutableArray<Endpoint> endpoints = [.. bundle.Endpoints.GetProperty("endpoints").EnumerateArray().Select(ReadEndpoint)];
        // The addresses that a node uses towards its pods come first.
        var own = bundle.Endpoints.GetProperty("endpoints").EnumerateArray().Where(e => e.TryGetProperty("node", out _))
            .DistinctBy(e => e.GetProperty("node").GetString())
            .ToDictionary(e => e.GetProperty("node").GetString()!, e => Addresses(e, "nodeAddresses"), StringComparer.Ordinal);
        var others = known.ToDictionary(n => n.Name, n => n.Addresses, StringComparer.Ordinal);
        return new ClusterView
        {
            Namespaces =
            [
                .. endpoints.Select(e => e.Namespace).Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal)
                    .Select(n => new Namespace(n, LabelSet.Empty, false, SourceSpan.None)),
            ],
            Endpoints = endpoints,
            Nodes =
            [
                .. own.Keys.Union(others.Keys).Order(StringComparer.Ordinal).Select(n => new Node(
                    n, LabelSet.Empty, [.. own.GetValueOrDefault(n, []).Union(others.GetValueOrDefault(n, []))], SourceSpan.None)),
            ],
        };
    }

    private static Endpoint ReadEndpoint(JsonElement endpoint)
    {
        var ns = endpoint.GetProperty("namespace").GetString()!;
        var workload = endpoint.GetProperty("workload").GetString()!;
        return new Endpoint
        {
            Namespace = ns,
            Name = endpoint.GetProperty("name").GetString()!,
            Labels = endpoint.TryGetProperty("deployment", out var deployment) ? ReplicaSetName.LabelsOf(workload, deployment.GetString()!) : LabelSet.Empty,
            Addresses = Addresses(endpoint, "addresses"),
            HasSyntheticAddresses = endpoint.GetProperty("syntheticAddresses").GetBoolean(),
            NodeName = endpoint.TryGetProperty("node", out var node) ? node.GetString() : null,
            StandsForPods = endpoint.TryGetProperty("standsForPods", out var stands) && stands.GetBoolean(),
            IsNode = ns.Length == 0,
            WorkloadKind = endpoint.GetProperty("workloadKind").GetString()!,
            WorkloadName = workload,
            Span = SourceSpan.None,
        };
    }

    private static ImmutableArray<IpAddress> Addresses(JsonElement holder, string name) =>
        [.. holder.GetProperty(name).EnumerateArray().Select(a => IpAddress.Parse(a.GetString()!))];
}
