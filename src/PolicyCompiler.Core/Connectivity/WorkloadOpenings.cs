using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What is open between workloads.</summary>
internal sealed class WorkloadOpenings(SideAnswers answers, PortSetPool pool)
{
    private readonly HashSet<(SideAnswer Egress, SideAnswer Ingress)> _sides = [];

    /// <summary>What some pod of the source may open to some pod of the destination.</summary>
    public Opening Of(WorkloadGroup source, WorkloadGroup destination)
    {
        if (source.Classes.Length == 1 && destination.Classes.Length == 1)
        {
            return Of(source.Classes[0], destination.Classes[0]);
        }

        _sides.Clear();
        foreach (var from in source.Classes)
        {
            foreach (var to in destination.Classes)
            {
                AddSides(from, to);
            }
        }

        return Together();
    }

    /// <summary>What some pod of an end may open to another one of it.</summary>
    public Opening Within(WorkloadGroup group)
    {
        _sides.Clear();
        foreach (var from in group.Classes)
        {
            foreach (var to in group.Classes.Where(c => c != from || group.Repeated.Contains(c)))
            {
                AddSides(from, to);
            }
        }

        return Together();
    }

    /// <summary>Between addresses of one family, which both have.</summary>
    public Opening Of(EndpointClass from, EndpointClass to, AddressFamily family) => family == AddressFamily.IPv4
        ? Of(Sides(from, from.IPv4Identity, to, to.IPv4Identity))
        : Of(Sides(from, from.IPv6Identity, to, to.IPv6Identity));

    private Opening Of(EndpointClass from, EndpointClass to)
    {
        _sides.Clear();
        AddSides(from, to);
        return Together();
    }

    private void AddSides(EndpointClass from, EndpointClass to)
    {
        var (ipv4, ipv6) = (from.Has(AddressFamily.IPv4) && to.Has(AddressFamily.IPv4), from.Has(AddressFamily.IPv6) && to.Has(AddressFamily.IPv6));
        if (!ipv4 && !ipv6)
        {
            _sides.Add(Sides(from, from.Identity, to, to.Identity));
        }

        if (ipv4)
        {
            _sides.Add(Sides(from, from.IPv4Identity, to, to.IPv4Identity));
        }

        if (ipv6 && !(ipv4 && from.IPv4Identity == from.IPv6Identity && to.IPv4Identity == to.IPv6Identity))
        {
            _sides.Add(Sides(from, from.IPv6Identity, to, to.IPv6Identity));
        }
    }

    private (SideAnswer Egress, SideAnswer Ingress) Sides(EndpointClass from, int fromIdentity, EndpointClass to, int toIdentity) =>
        (answers.Of(from.Egress, toIdentity), answers.Of(to.Ingress, fromIdentity));

    /// <summary>Pairs of classes are many, pairs of answers are few.</summary>
    private Opening Together()
    {
        var together = Opening.None;
        foreach (var sides in _sides)
        {
            var opening = Of(sides);
            if (_sides.Count == 1)
            {
                return opening;
            }

            together = Opening.Union(together, opening, pool);
        }

        return together;
    }

    private Opening Of((SideAnswer Egress, SideAnswer Ingress) sides) =>
        new(pool.Intersect(sides.Egress.Ports, sides.Ingress.Ports), sides.Egress.Side, sides.Ingress.Side);
}
