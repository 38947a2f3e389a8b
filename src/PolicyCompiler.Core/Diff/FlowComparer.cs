using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>Rows of both sides -> what changes, for every port key.</summary>
internal sealed class FlowComparer
{
    private static readonly (int Old, int New) Unconcerned = (-1, -1);

    private readonly Dictionary<(FlowRows Rows, bool IPv4, bool IPv6, AddressFamily? Label, ChangeKind? Because), ImmutableArray<FlowChange>> _known = [];
    private readonly Dictionary<FlowChange, FlowChange> _changes = [];

    /// <param name="rows">The rows.</param>
    /// <param name="ipv4">Whether flows of IPv4 are meant.</param>
    /// <param name="ipv6">Whether flows of IPv6 are meant.</param>
    /// <param name="label">The family to name in the changes.</param>
    /// <param name="because"><see cref="ChangeKind.Added"/> or <see cref="ChangeKind.Removed"/> where an end is missing on one side.</param>
    public ImmutableArray<FlowChange> Compare(FlowRows rows, bool ipv4, bool ipv6, AddressFamily? label, ChangeKind? because)
    {
        if (rows.AreAlike)
        {
            return [];
        }

        if (!_known.TryGetValue((rows, ipv4, ipv6, label, because), out var changes))
        {
            changes = [.. Find(rows, because).Select(f => f with { Ports = f.Ports.In(ipv4, ipv6), Family = label }).Where(f => !f.Ports.IsEmpty).Select(Share)];
            _known.Add((rows, ipv4, ipv6, label, because), changes);
        }

        return changes;
    }

    private FlowChange Share(FlowChange change)
    {
        if (!_changes.TryGetValue(change, out var shared))
        {
            _changes.Add(change, shared = change);
        }

        return shared;
    }

    private static List<FlowChange> Find(FlowRows rows, ChangeKind? because)
    {
        var found = new Dictionary<FlowChange, List<PortKeyRange>>();
        Span<int> at = stackalloc int[4];
        for (var first = 0; first < PortKey.Count;)
        {
            var (oldEgress, oldIngress) = (rows.OldEgress.Segments[at[0]], rows.OldIngress.Segments[at[1]]);
            var (newEgress, newIngress) = (rows.NewEgress.Segments[at[2]], rows.NewIngress.Segments[at[3]]);
            var last = Math.Min(Math.Min(oldEgress.Last, oldIngress.Last), Math.Min(newEgress.Last, newIngress.Last));
            var (before, after) = (FlowEffect.Of(oldEgress.Effect, oldIngress.Effect), FlowEffect.Of(newEgress.Effect, newIngress.Effect));
            if (before != after)
            {
                var change = new FlowChange(
                    because ?? before.Towards(after), before, after, PortKeySet.Empty, null,
                    Concerned(oldEgress, newEgress, before, after), Concerned(oldIngress, newIngress, before, after));
                if (!found.TryGetValue(change, out var ranges))
                {
                    found.Add(change, ranges = []);
                }

                ranges.Add(new PortKeyRange(first, last));
            }

            at[0] += oldEgress.Last == last ? 1 : 0;
            at[1] += oldIngress.Last == last ? 1 : 0;
            at[2] += newEgress.Last == last ? 1 : 0;
            at[3] += newIngress.Last == last ? 1 : 0;
            first = last + 1;
        }

        return [.. found.Select(f => f.Key with { Ports = PortKeySet.Of(f.Value) })];
    }

    /// <summary>The decisions of a direction that makes the difference: of a flow that is denied, only a direction that denies it.</summary>
    private static (int Old, int New) Concerned(
        (int Last, SideEffect Effect, int Decision) old, (int Last, SideEffect Effect, int Decision) @new, FlowEffect before, FlowEffect after) =>
        old.Effect == @new.Effect || (!before.Passes && old.Effect.Passes) || (!after.Passes && @new.Effect.Passes)
            ? Unconcerned
            : (old.Decision, @new.Decision);
}
