using System.Collections.Immutable;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>What changes about the flows from one class of ends to another.</summary>
internal sealed class PairComparison(DiffSide old, DiffSide @new, RowPool pool, IdentityPairs identities)
{
    private readonly FlowComparer _comparer = new();

    /// <param name="source">Who opens connections.</param>
    /// <param name="destination">Who is addressed.</param>
    /// <param name="ownOld">On the old side the source is the node of the destination.</param>
    /// <param name="ownNew">The same on the new side.</param>
    public ImmutableArray<FlowChange> Compare(EndClass source, EndClass destination, bool ownOld = false, bool ownNew = false)
    {
        if ((!source.IsSubject && !destination.IsSubject) || IsAlone(source, destination))
        {
            return [];
        }

        var (isOld, isNew) = (source.IsOld && destination.IsOld, source.IsNew && destination.IsNew);
        ChangeKind? because = !isOld ? ChangeKind.Added : !isNew ? ChangeKind.Removed : null;
        var ipv4 = source.Key.IPv4 >= 0 && destination.Key.IPv4 >= 0;
        var ipv6 = source.Key.IPv6 >= 0 && destination.Key.IPv6 >= 0;
        if (ipv4 && ipv6)
        {
            var (over4, over6) = (Rows(source.Key.IPv4, destination.Key.IPv4), Rows(source.Key.IPv6, destination.Key.IPv6));
            return over4 == over6
                ? _comparer.Compare(over4, true, true, null, because)
                : _comparer.Compare(over4, true, false, AddressFamily.IPv4, because).AddRange(_comparer.Compare(over6, false, true, AddressFamily.IPv6, because));
        }

        return ipv4 ? _comparer.Compare(Rows(source.Key.IPv4, destination.Key.IPv4), true, false, null, because)
            : ipv6 ? _comparer.Compare(Rows(source.Key.IPv6, destination.Key.IPv6), false, true, null, because)
            : [];

        FlowRows Rows(int from, int to)
        {
            var (sender, receiver) = (identities[from], identities[to]);
            var (oldEgress, oldIngress) = Side(old, source.Key.Egress.Old, destination.Key.Ingress.Old, sender.Old, receiver.Old, ownOld);
            var (newEgress, newIngress) = Side(@new, source.Key.Egress.New, destination.Key.Ingress.New, sender.New, receiver.New, ownNew);
            return new FlowRows(oldEgress, oldIngress, newEgress, newIngress);
        }

        (SideRow Egress, SideRow Ingress) Side(DiffSide side, int egress, int ingress, int sender, int receiver, bool own) =>
            IsLoopback(side, source, destination) ? (pool.Open, pool.Open)
            : (side.RowOf(egress, receiver), own && sender != DiffSide.NoIdentity && side.LetsOwnNodeIn(ingress) ? side.NodeLocal : side.RowOf(ingress, sender));
    }

    /// <summary>On one side the two are one node that policies apply to, on the other they are not.</summary>
    public bool IsLoopbackOfOneSide(EndClass source, EndClass destination) =>
        IsLoopback(old, source, destination) != IsLoopback(@new, source, destination);

    /// <summary>A pod reaches itself without passing policies; a workload that stands for its pods has several.</summary>
    private bool IsAlone(EndClass source, EndClass destination) =>
        source.Members.Count == 1 && destination.Members.Count == 1 && IsItself(old, @new, source.Members[0], destination.Members[0]);

    public static bool IsItself(DiffSide old, DiffSide @new, EndMember source, EndMember destination) =>
        source is EndMember.Pod pod && pod.Equals(destination) && !StandsForPods(old, pod.Old) && !StandsForPods(@new, pod.New);

    private static bool StandsForPods(DiffSide side, int index) => index >= 0 && side.Graph.Cluster.Endpoints[index].StandsForPods;

    /// <summary>So does a node, at each of its addresses.</summary>
    private static bool IsLoopback(DiffSide side, EndClass source, EndClass destination) =>
        source.Key.Node is { } from && destination.Key.Node is { } to
        && side.Graph.SubjectAt(from) is { } subject && ReferenceEquals(subject, side.Graph.SubjectAt(to));
}
