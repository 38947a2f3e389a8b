using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Diff;

/// <summary>Picks one flow that a change is about.</summary>
internal sealed class WitnessFinder(DiffSide old, DiffSide @new)
{
    /// <summary>Ports that say something to a reader, where they are among those that change.</summary>
    private static readonly int[] Familiar = [PortKey.Of(IpProtocol.Tcp, 80), PortKey.Of(IpProtocol.Tcp, 443)];

    public Witness Find(FlowChange change, EndClass source, EndClass destination)
    {
        var (from, to) = source.Members.SelectMany(_ => destination.Members, (f, t) => (f, t)).First(e => !PairComparison.IsItself(old, @new, e.f, e.t));
        var common = new[] { AddressFamily.IPv4, AddressFamily.IPv6 }
            .Where(f => Has(source, f) && Has(destination, f) && (change.Family ?? f) == f).ToList();
        var (key, family) = common.Select(f => (Key: KeyOf(change.Ports.In(f == AddressFamily.IPv4, f == AddressFamily.IPv6)), Family: f)).First(k => k.Key >= 0);
        var (protocol, port) = PortKey.Parse(key);
        return new Witness(
            Text(from, family), Text(to, family), family, protocol, port,
            FlowOf(old, from, to, family, protocol, port, isOld: true), FlowOf(@new, from, to, family, protocol, port, isOld: false));
    }

    private static bool Has(EndClass ends, AddressFamily family) => (family == AddressFamily.IPv4 ? ends.Key.IPv4 : ends.Key.IPv6) >= 0;

    /// <returns>-1 for no key. Nothing listens on port 0.</returns>
    private static int KeyOf(PortKeySet ports) => Familiar.Where(ports.Contains)
        .Concat(ports.Ranges.Select(r => PortKey.Parse(r.First) is (var protocol, 0) && protocol.HasPorts() && r.Last > r.First ? r.First + 1 : r.First))
        .DefaultIfEmpty(-1).First();

    private string Text(EndMember member, AddressFamily family) => member switch
    {
        EndMember.Pod pod => PodPairs.Reference(old, @new, pod),
        EndMember.Named named => $"{string.Join(" and ", named.Examples)} ({FreeOf(named)})",
        EndMember.Node { IsMadeUp: true } node => $"node {node.Name}",
        EndMember.Node node => $"{node.Old}",
        EndMember.Range range => range.Free.ToString(),
        EndMember.Reserved reserved => $"entity:{reserved.Entity.Name()}",
        _ => throw new InvalidOperationException($"end {member} of {family}"),
    };

    private static Flow? FlowOf(DiffSide side, EndMember from, EndMember to, AddressFamily family, IpProtocol protocol, int port, bool isOld)
    {
        var (source, destination) = (PeerOf(side, from, family, isOld), PeerOf(side, to, family, isOld));
        // A pod that stands for another of its workload may meet itself.
        return source is not { } sender || destination is not { } receiver || (sender.Endpoint is { StandsForPods: false } pod && ReferenceEquals(pod, receiver.Endpoint))
            ? null
            : new Flow(sender, receiver, family, protocol, port);
    }

    private static FlowPeer? PeerOf(DiffSide side, EndMember member, AddressFamily family, bool isOld) => member switch
    {
        EndMember.Pod pod => (isOld ? pod.Old : pod.New) is >= 0 and var index
            ? new FlowPeer(side.Graph.Cluster.Endpoints[index], side.Graph.Cluster.Endpoints[index].Address(family))
            : null,
        EndMember.Node node => (isOld ? node.Old : node.New) is { } address ? new FlowPeer(side.Graph.EndpointAt(address), address) : null,
        EndMember.Named named => named.Examples.Length == 1 ? new FlowPeer(null, FreeOf(named)) { Name = named.Examples[0] } : null,
        EndMember.Range range => new FlowPeer(null, range.Free),
        EndMember.Reserved reserved => new FlowPeer(null, null) { Entity = reserved.Entity },
        _ => null,
    };

    private static IpAddress FreeOf(EndMember.Named named) => named.Place.Ranges[0].Free;
}
