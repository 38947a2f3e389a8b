using PolicyCompiler.Core.Model;
using PolicyCompiler.Frontend.Cluster;
using PolicyCompiler.Frontend.Objects;

namespace PolicyCompiler.Frontend.Assembly;

/// <summary>Which workloads must stand for their pods, because no pod of theirs is in the input.</summary>
internal static class WorkloadOwnership
{
    /// <summary>
    /// A pod that has finished counts for its Job alone: a Job that is done has none to stand for, while whatever else owned
    /// one has others in its place, a CronJob at its next time. A workload that another workload of the input controls is left
    /// to that one.
    /// </summary>
    public static List<WorkloadManifest> WithoutPods(IReadOnlyList<PodManifest> pods, IReadOnlyList<WorkloadManifest> workloads)
    {
        var byName = workloads.ToDictionary(w => (w.Metadata.Namespace, w.Kind, w.Metadata.Name));
        var withPods = new HashSet<WorkloadManifest>(ReferenceEqualityComparer.Instance);
        foreach (var pod in pods.Where(p => !p.IsFinished))
        {
            var owner = FindOwner(pod, byName);
            while (owner is not null && withPods.Add(owner))
            {
                owner = Find(byName, owner.Metadata.Namespace, owner.Metadata.Owner);
            }
        }

        withPods.UnionWith(pods.Where(p => p.IsFinished).Select(p => FindOwner(p, byName)).OfType<WorkloadManifest>().Where(w => w.Kind == "Job"));

        return [.. workloads.Where(w => !withPods.Contains(w) && !(IsMade(w) && HasOwner(w)))];

        bool HasOwner(WorkloadManifest workload) => Find(byName, workload.Metadata.Namespace, workload.Metadata.Owner) is not null;
    }

    /// <summary>Only these kinds are made by another; any other owner, or a circle of them, must not hide a workload.</summary>
    private static bool IsMade(WorkloadManifest workload) =>
        (workload.Kind, workload.Metadata.Owner?.Kind) is ("ReplicaSet", "Deployment") or ("Job", "CronJob");

    /// <summary>A listing of pods seldom has their ReplicaSets, whose names say of which Deployment they are.</summary>
    private static WorkloadManifest? FindOwner(PodManifest pod, Dictionary<(string, string, string), WorkloadManifest> byName)
    {
        var (ns, owner) = (pod.Metadata.Namespace, pod.Metadata.Owner);
        if (Find(byName, ns, owner) is { } direct)
        {
            return direct;
        }

        return owner is { Kind: "ReplicaSet" } && ReplicaSetName.DeploymentOf(owner.Name, pod.Metadata.Labels) is { } deployment
            ? Find(byName, ns, new WorkloadReference("Deployment", deployment))
            : null;
    }

    private static WorkloadManifest? Find(
        Dictionary<(string, string, string), WorkloadManifest> byName, string ns, WorkloadReference? reference) =>
        reference is null ? null : byName.GetValueOrDefault((ns, reference.Kind, reference.Name));
}
