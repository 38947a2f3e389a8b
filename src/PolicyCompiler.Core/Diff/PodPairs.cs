using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>
/// Which pod of the old side is which of the new side: the one of the same name, and of those that stand for a workload's pods
/// that of the same workload, whose name in the input depends on what else has it. A pod that one side lacks is compared with
/// its workload's others there, if policies do not tell those apart: replicas come and go under new names.
/// </summary>
internal static class PodPairs
{
    public static List<EndMember.Pod> Of(DiffSide old, DiffSide @new)
    {
        var (before, after) = (Pods(old.Tables), Pods(@new.Tables));
        var pairs = new List<EndMember.Pod>();
        var onlyOld = new List<int>();
        foreach (var (name, index) in before)
        {
            if (after.Remove(name, out var counterpart))
            {
                pairs.Add(new EndMember.Pod(index, counterpart));
            }
            else
            {
                onlyOld.Add(index);
            }
        }

        var workloadsNow = ByWorkload(@new.Tables);
        var workloadsThen = ByWorkload(old.Tables);
        foreach (var index in onlyOld)
        {
            // Where pods of the workload are on both sides, those stand for the one that went.
            var standIn = StandIn(@new, workloadsNow, WorkloadOf(old.Tables, index));
            pairs.Add(new EndMember.Pod(index, standIn));
        }

        foreach (var index in after.Values)
        {
            pairs.Add(new EndMember.Pod(StandIn(old, workloadsThen, WorkloadOf(@new.Tables, index)), index));
        }

        return [.. pairs.Distinct().OrderBy(p => Reference(old, @new, p), StringComparer.Ordinal)];
    }

    public static string Reference(DiffSide old, DiffSide @new, EndMember.Pod pod) =>
        (pod.New >= 0 ? @new.Graph.Cluster.Endpoints[pod.New] : old.Graph.Cluster.Endpoints[pod.Old]).Reference;

    private static SortedDictionary<string, int> Pods(PolicyTables tables)
    {
        var pods = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var endpoints = tables.Graph.Cluster.Endpoints;
        for (var i = 0; i < endpoints.Length; i++)
        {
            // A host-network pod is its node's address.
            if (!endpoints[i].IsNode && !endpoints[i].HostNetwork)
            {
                pods.TryAdd(KeyOf(endpoints[i]), i);
            }
        }

        return pods;
    }

    /// <summary>No name of a pod has a bracket.</summary>
    private static string KeyOf(Endpoint pod) => pod.StandsForPods ? $"{pod.Namespace}/{pod.WorkloadName}[{pod.WorkloadKind}]" : pod.Reference;

    private static ILookup<(string Namespace, string Kind, string Name), int> ByWorkload(PolicyTables tables) =>
        Pods(tables).Values.ToLookup(i => WorkloadOf(tables, i));

    private static (string Namespace, string Kind, string Name) WorkloadOf(PolicyTables tables, int index)
    {
        var pod = tables.Graph.Cluster.Endpoints[index];
        return (pod.Namespace, pod.RootWorkload.Kind, pod.RootWorkload.Name);
    }

    private static int StandIn(
        DiffSide side, ILookup<(string Namespace, string Kind, string Name), int> workloads, (string Namespace, string Kind, string Name) workload)
    {
        var classes = workloads[workload]
            .GroupBy(i => (side.Tables.EndpointPolicyIndex[i], side.Tables.Identities.EndpointIdentities[i], Identity(AddressFamily.IPv4, i), Identity(AddressFamily.IPv6, i)))
            .ToList();
        return classes.Count == 1 ? classes[0].First() : -1;

        int Identity(AddressFamily family, int index) =>
            side.Graph.Cluster.Endpoints[index].Address(family) is { } address ? side.Evaluator.IdentityOf(address) : DiffSide.NoIdentity;
    }
}
