namespace PolicyCompiler.Core.Connectivity;

/// <summary>Keeps one copy of equal port sets, and intersects each two of them once.</summary>
internal sealed class PortSetPool
{
    private readonly Dictionary<PortSet, PortSet> _sets = [];
    private readonly Dictionary<(PortSet A, PortSet B), PortSet> _intersections = [];

    public PortSet Share(PortSet set)
    {
        if (set.IsEmpty || set.IsAll)
        {
            return set.IsEmpty ? PortSet.Empty : PortSet.All;
        }

        if (!_sets.TryGetValue(set, out var shared))
        {
            _sets.Add(set, shared = set);
        }

        return shared;
    }

    /// <param name="a">A set of this pool.</param>
    /// <param name="b">A set of this pool.</param>
    public PortSet Intersect(PortSet a, PortSet b)
    {
        if (ReferenceEquals(a, b) || a.IsEmpty || ReferenceEquals(b, PortSet.All))
        {
            return a;
        }

        if (b.IsEmpty || ReferenceEquals(a, PortSet.All))
        {
            return b;
        }

        if (!_intersections.TryGetValue((a, b), out var common))
        {
            _intersections.Add((a, b), common = Share(a.Intersect(b)));
        }

        return common;
    }

    public PortSet Union(PortSet a, PortSet b) => ReferenceEquals(a, b) || b.IsEmpty ? a : a.IsEmpty ? b : Share(a.Union(b));
}
