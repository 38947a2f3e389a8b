using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>What is open between workloads.</summary>
internal sealed class WorkloadOpenings(SideAnswers answers, PortSetPool pool)
{
    /// <summary>What some pod of the source may open to some pod of the destination.</summary>
    public Opening Of(WorkloadGroup source, WorkloadGroup destination)
    {
        if (source.Classes.Length == 1 && destination.Classes.Length == 1)
        {
            return Of(source.Classes[0], destination.Classes[0]);
        }

        var opening = Opening.None;
        foreach (var from in source.Classes)
        {
            foreach (var to in destination.Classes)
            {
                opening = Opening.Union(opening, Of(from, to), pool);
            }
        }

        return opening;
    }

    /// <summary>Between addresses of one family, which both have.</summary>
    public Opening Of(EndpointClass from, EndpointClass to, AddressFamily family) => family == AddressFamily.IPv4
        ? Of(from, from.IPv4Identity, to, to.IPv4Identity)
        : Of(from, from.IPv6Identity, to, to.IPv6Identity);

    private Opening Of(EndpointClass from, EndpointClass to)
    {
        var (ipv4, ipv6) = (from.Has(AddressFamily.IPv4) && to.Has(AddressFamily.IPv4), from.Has(AddressFamily.IPv6) && to.Has(AddressFamily.IPv6));
        if (!ipv4 && !ipv6)
        {
            return Of(from, from.Identity, to, to.Identity);
        }

        if (!ipv6)
        {
            return Of(from, from.IPv4Identity, to, to.IPv4Identity);
        }

        var over6 = Of(from, from.IPv6Identity, to, to.IPv6Identity);
        return !ipv4 || (from.IPv4Identity == from.IPv6Identity && to.IPv4Identity == to.IPv6Identity)
            ? over6
            : Opening.Union(Of(from, from.IPv4Identity, to, to.IPv4Identity), over6, pool);
    }

    private Opening Of(EndpointClass from, int fromIdentity, EndpointClass to, int toIdentity)
    {
        var egress = answers.Of(from.Egress, toIdentity);
        if (egress.Ports.IsEmpty)
        {
            return Opening.None;
        }

        var ingress = answers.Of(to.Ingress, fromIdentity);
        var ports = pool.Intersect(egress.Ports, ingress.Ports);
        return ports.IsEmpty ? Opening.None : new Opening(ports, egress.Decisions, ingress.Decisions);
    }
}
