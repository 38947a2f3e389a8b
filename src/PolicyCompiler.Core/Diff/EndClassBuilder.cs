using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>All ends of flows of both sides, in classes.</summary>
internal static class EndClassBuilder
{
    public static List<EndClass> Build(DiffSide old, DiffSide @new, IdentityPairs identities, OutsideEnds outside)
    {
        var members = new Dictionary<EndKey, List<EndMember>>();
        var classes = new List<EndClass>();
        var pods = PodPairs.Of(old, @new).Select(p => (KeyOf(old, @new, identities, p), (EndMember)p));
        foreach (var (key, member) in pods.Concat(outside.All()))
        {
            if (!members.TryGetValue(key, out var list))
            {
                members.Add(key, list = []);
                classes.Add(new EndClass(classes.Count, key, list));
            }

            list.Add(member);
        }

        return classes;
    }

    private static EndKey KeyOf(DiffSide old, DiffSide @new, IdentityPairs identities, EndMember.Pod pod)
    {
        var (before, after) = (Policies(old, pod.Old), Policies(@new, pod.New));
        return new EndKey(
            new PolicyPair(before.Egress, after.Egress), new PolicyPair(before.Ingress, after.Ingress),
            PairIn(AddressFamily.IPv4), PairIn(AddressFamily.IPv6));

        int PairIn(AddressFamily family) => CanHave(old, pod.Old, family) || CanHave(@new, pod.New, family)
            ? identities.Of(IdentityIn(old, pod.Old, family), IdentityIn(@new, pod.New, family))
            : -1;
    }

    private static (int Egress, int Ingress) Policies(DiffSide side, int index)
    {
        if (index < 0)
        {
            return (PolicyPair.Absent, PolicyPair.Absent);
        }

        var policy = side.Tables.EndpointPolicies[side.Tables.EndpointPolicyIndex[index]];
        return (policy.Egress, policy.Ingress);
    }

    /// <summary>A pod that has no address yet may get one of either family.</summary>
    private static bool CanHave(DiffSide side, int index, AddressFamily family) => index >= 0
        && side.Graph.Cluster.Endpoints[index] is var pod && (pod.Addresses.IsEmpty || pod.Address(family) is not null);

    private static int IdentityIn(DiffSide side, int index, AddressFamily family) => index < 0 ? DiffSide.NoIdentity
        : side.Graph.Cluster.Endpoints[index].Address(family) is { } address ? side.Evaluator.IdentityOf(address)
        : side.Tables.Identities.EndpointIdentities[index];
}
