using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Cluster;
using PolicyCompiler.Frontend.Diagnostics;
using PolicyCompiler.Frontend.Objects;

namespace PolicyCompiler.Frontend.Assembly;

/// <summary>
/// Running pods, and for each workload without pods in the input one endpoint that stands for them. A workload's
/// endpoint has the workload's name; where a pod or a workload of an earlier kind has it, <c>-kind</c> is appended.
/// </summary>
internal static class EndpointAssembler
{
    public static ImmutableArray<Endpoint> Assemble(Manifests all, Findings findings)
    {
        var pods = InputAssembler.Unique(
            all.Pods,
            p => (p.Metadata.Namespace, p.Metadata.Name),
            InputAssembler.Twice<PodManifest>(findings, "pod", p => (Reference(p), p.Metadata.Span)));
        var workloads = InputAssembler.Unique(
            all.Workloads,
            w => (w.Metadata.Namespace, w.Kind, w.Metadata.Name),
            InputAssembler.Twice<WorkloadManifest>(
                findings, "workload", w => ($"{w.Metadata.Namespace}/{w.Metadata.Name}[{w.Kind}]", w.Metadata.Span)));
        var running = pods.Where(p => !p.IsFinished).ToList();
        ReportSharedAddresses(running, findings);

        var endpoints = running.Select(PodEndpoint).ToList();
        AddWorkloads(endpoints, WorkloadOwnership.WithoutPods(pods, workloads), findings);
        endpoints = SyntheticAddresses.Assign(endpoints, UsedAddresses(all), findings);
        return [.. endpoints.OrderBy(e => e.Namespace, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal)];
    }

    private static string Reference(PodManifest pod) => $"{pod.Metadata.Namespace}/{pod.Metadata.Name}";

    private static void ReportSharedAddresses(List<PodManifest> running, Findings findings)
    {
        var first = new Dictionary<IpAddress, PodManifest>();
        foreach (var pod in running.Where(p => !p.Template.HostNetwork))
        {
            foreach (var (address, span) in pod.Addresses)
            {
                if (!first.TryAdd(address, pod))
                {
                    var other = first[address];
                    findings.Report(ClusterDiagnostics.AddressUsedTwice, span, address, Reference(other), other.Metadata.Span);
                }
            }
        }
    }

    private static Endpoint PodEndpoint(PodManifest pod)
    {
        var owner = pod.Metadata.Owner ?? new WorkloadReference("Pod", pod.Metadata.Name);
        return NewEndpoint(pod.Metadata, pod.Metadata.Name, pod.Template, owner, [.. pod.Addresses.Select(a => a.Value)]);
    }

    private static void AddWorkloads(List<Endpoint> endpoints, List<WorkloadManifest> workloads, Findings findings)
    {
        var taken = new Dictionary<(string Namespace, string Name), string>();
        foreach (var pod in endpoints)
        {
            taken.TryAdd((pod.Namespace, pod.Name), $"the pod at {pod.Span}");
        }

        var ordered = workloads.OrderBy(w => w.Metadata.Namespace, StringComparer.Ordinal)
            .ThenBy(w => w.Kind, StringComparer.Ordinal).ThenBy(w => w.Metadata.Name, StringComparer.Ordinal);
        foreach (var workload in ordered)
        {
            var meta = workload.Metadata;
            var name = meta.Name;
            while (!taken.TryAdd((meta.Namespace, name), $"the {workload.Kind} at {meta.Span}"))
            {
                name += "-" + workload.Kind.ToLowerInvariant();
            }

            if (name != meta.Name)
            {
                var holder = taken[(meta.Namespace, meta.Name)];
                findings.Report(ClusterDiagnostics.WorkloadRenamed, meta.Span, workload.Kind, meta.Namespace, meta.Name, name, holder);
            }

            endpoints.Add(NewEndpoint(meta, name, workload.Template, new WorkloadReference(workload.Kind, meta.Name), []) with { StandsForPods = true });
        }
    }

    private static Endpoint NewEndpoint(
        ObjectMetadata meta, string name, PodTemplate template, WorkloadReference workload, ImmutableArray<IpAddress> addresses) => new()
        {
            Namespace = meta.Namespace,
            Name = name,
            Labels = template.Labels,
            Addresses = addresses,
            NamedPorts = template.NamedPorts,
            DeclaredPorts = template.DeclaredPorts,
            HostNetwork = template.HostNetwork,
            NodeName = template.NodeName,
            ServiceAccount = template.ServiceAccount,
            WorkloadKind = workload.Kind,
            WorkloadName = workload.Name,
            Span = meta.Span,
        };

    private static HashSet<IpAddress> UsedAddresses(Manifests all) =>
    [
        .. all.Pods.SelectMany(p => p.Addresses).Select(a => a.Value),
        .. all.Nodes.SelectMany(n => n.Addresses),
        .. all.Services.SelectMany(s => s.ClusterAddresses.Concat(s.ExternalAddresses)),
        .. all.Backends.SelectMany(b => b.Addresses),
    ];
}
