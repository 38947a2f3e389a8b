using System.Collections;
using System.Collections.Immutable;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Connectivity;

/// <summary>Who may talk to which service, in ordinal order of source, then service; made while it is read.</summary>
/// <param name="sources">In ordinal order of their text.</param>
/// <param name="services">Services with a backend, in ordinal order of their text.</param>
/// <param name="between">What is open between sources and pods.</param>
/// <param name="external">What is open between pods and addresses.</param>
internal sealed class ServiceRows(
    ImmutableArray<(ConnectivityEnd End, WorkloadGroup Group)> sources,
    ImmutableArray<(ConnectivityEnd.Service End, bool IsExposed, ImmutableArray<ServiceTarget> Targets)> services,
    WorkloadOpenings between,
    ExternalOpenings external) : IEnumerable<ServiceConnectivityRow>
{
    /// <param name="tables">The tables.</param>
    /// <param name="evaluator">Reads them.</param>
    /// <param name="asked">The ports of services that are asked about.</param>
    /// <param name="endOf">The source that is no destination of its own because the pod is of it; null: none.</param>
    public static ImmutableArray<(ConnectivityEnd.Service End, bool IsExposed, ImmutableArray<ServiceTarget> Targets)> ServicesOf(
        PolicyTables tables, TableEvaluator evaluator, PortSet asked, Func<Endpoint, ConnectivityEnd?> endOf)
    {
        var resolver = new ServiceResolver(tables.Graph);
        var endpoints = tables.Graph.Cluster.Endpoints;
        var indexes = Enumerable.Range(0, endpoints.Length).Where(i => !endpoints[i].IsNode)
            .ToDictionary(i => endpoints[i].Reference, StringComparer.Ordinal);
        return
        [
            .. tables.Graph.Cluster.Services
                .Select(s => (End: new ConnectivityEnd.Service(s.Namespace, s.Name), IsExposed: IsExposed(s), Targets: TargetsOf(s)))
                .Where(s => !s.Targets.IsEmpty)
                .OrderBy(s => s.End.Text, StringComparer.Ordinal),
        ];

        ImmutableArray<ServiceTarget> TargetsOf(Service service) =>
        [
            .. service.Ports.Where(p => asked.Contains(p.Protocol, p.Port)).DistinctBy(p => (p.Protocol, p.Port))
                .Select(p => new ServiceTarget(p.Protocol, p.Port, BackendsOf(service, p)))
                .Where(t => !t.Backends.IsEmpty),
        ];

        ImmutableArray<(ConnectivityEnd? End, EndpointClass Class, AddressFamily Family, int Port)> BackendsOf(Service service, ServicePort port) =>
        [
            .. new[] { AddressFamily.IPv4, AddressFamily.IPv6 }
                .SelectMany(f => resolver.Translate(service, f, port.Protocol, port.Port).Backends, (f, b) => (b.End, Family: f, b.Port))
                .Where(b => b.End.Endpoint is not null || b.End.Address is not null)
                .Select(b => (b.End.Endpoint is { } pod ? endOf(pod) : null, ClassOf(b.End), b.Family, b.Port)).Distinct(),
        ];

        EndpointClass ClassOf(FlowPeer end) => end.Endpoint is { } pod
            ? EndpointClass.Of(tables, evaluator, indexes[pod.Reference])
            : EndpointClass.OfAddress(tables, evaluator, end.Address!.Value);
    }

    public IEnumerator<ServiceConnectivityRow> GetEnumerator()
    {
        var outside = External().ToList();
        var next = 0;
        var current = -1;
        (ImmutableArray<ServiceTarget> Targets, (ConnectivityEnd.Service Service, PortSet Ports, PortSet Partly) All)[] inside = [];
        foreach (var (end, group) in sources)
        {
            for (; next < outside.Count && string.CompareOrdinal(outside[next].Source.Text, end.Text) < 0; next++)
            {
                yield return outside[next];
            }

            if (group.Index != current)
            {
                current = group.Index;
                inside = [.. services.Select(s => (s.Targets, All: Of(group, s.End, s.Targets))).Where(s => !s.All.Ports.IsEmpty)];
            }

            foreach (var answer in inside)
            {
                // An end's own pods are no destination of it.
                var (service, ports, partly) = !answer.Targets.Any(t => t.Backends.Any(b => b.End == end)) ? answer.All
                    : Of(group, answer.All.Service, [.. answer.Targets.Select(t => t.Without(end))]);
                if (!ports.IsEmpty)
                {
                    yield return new ServiceConnectivityRow(end, service, ports, partly);
                }
            }
        }

        foreach (var row in outside.Skip(next))
        {
            yield return row;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether clients outside of the cluster have an address to connect to.</summary>
    private static bool IsExposed(Service service) => !service.ExternalAddresses.IsEmpty || service.Ports.Any(p => p.NodePort is not null)
        || service.Type is "NodePort" or "LoadBalancer";

    private (ConnectivityEnd.Service Service, PortSet Ports, PortSet Partly) Of(
        WorkloadGroup source, ConnectivityEnd.Service service, ImmutableArray<ServiceTarget> targets)
    {
        var (some, partly) = (new List<PortKeyRange>(), new List<PortKeyRange>());
        foreach (var target in targets)
        {
            var (open, all) = (0, 0);
            foreach (var from in source.Classes)
            {
                foreach (var backend in target.Backends.Where(b => from.Has(b.Family)))
                {
                    all++;
                    open += between.Of(from, backend.Class, backend.Family).Ports.Contains(target.Protocol, backend.Port) ? 1 : 0;
                }
            }

            Add(target, open, all, some, partly);
        }

        return (service, PortSet.Of(some), PortSet.Of(partly));
    }

    /// <summary>From addresses that are no pod's, if the service has an address for them.</summary>
    private IEnumerable<ServiceConnectivityRow> External() =>
        services.Where(s => s.IsExposed).SelectMany(s => External(s.End, s.Targets))
            .OrderBy(r => r.Source.Text, StringComparer.Ordinal).ThenBy(r => r.Service.Text, StringComparer.Ordinal);

    private IEnumerable<ServiceConnectivityRow> External(ConnectivityEnd.Service service, ImmutableArray<ServiceTarget> targets)
    {
        var open = targets.Select(t => t.Backends.Select(b => external.Of([b.Class], Direction.Ingress)
            .Where(o => o.Range.First.Family == b.Family && o.Opening.Ports.Contains(t.Protocol, b.Port)).Select(o => o.Range).ToList()).ToList()).ToList();
        var ranges = open.SelectMany(t => t).SelectMany(b => b).ToList();
        foreach (var family in ranges.GroupBy(r => r.First.Family))
        {
            // Between two neighbours of these nothing changes.
            UInt128[] bounds = [.. family.Select(r => r.First.Value).Concat(family.Where(r => r.Last.Value < Highest(family.Key)).Select(r => r.Last.Value + 1)).Distinct().Order()];
            ServiceConnectivityRow? pending = null;
            for (var i = 0; i < bounds.Length; i++)
            {
                var first = new IpAddress(family.Key, bounds[i]);
                var last = new IpAddress(family.Key, i + 1 < bounds.Length ? bounds[i + 1] - 1 : Highest(family.Key));
                var (some, partly) = (new List<PortKeyRange>(), new List<PortKeyRange>());
                for (var t = 0; t < targets.Length; t++)
                {
                    var reached = open[t].Count(b => b.Any(r => r.First.Family == family.Key && r.First.Value <= first.Value && first.Value <= r.Last.Value));
                    Add(targets[t], reached, targets[t].Backends.Count(b => b.Family == family.Key), some, partly);
                }

                var row = new ServiceConnectivityRow(new ConnectivityEnd.Addresses(first, last), service, PortSet.Of(some), PortSet.Of(partly));
                if (pending is { } before && before.Ports.Equals(row.Ports) && before.Partly.Equals(row.Partly))
                {
                    pending = before with { Source = new ConnectivityEnd.Addresses(((ConnectivityEnd.Addresses)before.Source).First, last) };
                    continue;
                }

                if (pending is { Ports.IsEmpty: false } complete)
                {
                    yield return complete;
                }

                pending = row;
            }

            if (pending is { Ports.IsEmpty: false } final)
            {
                yield return final;
            }
        }
    }

    private static UInt128 Highest(AddressFamily family) => new IpPrefix(new IpAddress(family, UInt128.Zero), 0).Last.Value;

    private static void Add(ServiceTarget target, int open, int all, List<PortKeyRange> some, List<PortKeyRange> partly)
    {
        if (open == 0)
        {
            return;
        }

        var key = PortKey.Of(target.Protocol, target.Port);
        some.Add(new PortKeyRange(key, key));
        if (open < all)
        {
            partly.Add(new PortKeyRange(key, key));
        }
    }
}
