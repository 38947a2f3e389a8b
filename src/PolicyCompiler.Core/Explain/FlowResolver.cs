using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Explain;

/// <summary>Names and addresses -> flows between ends of the graph, after service translation.</summary>
public sealed class FlowResolver(RuleGraph graph)
{
    private const string ApiServerNamespace = "default";
    private const string ApiServerName = "kubernetes";

    private readonly Dictionary<string, Endpoint> _byReference = graph.Cluster.Endpoints.Where(e => !e.IsNode)
        .GroupBy(e => e.Reference, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    private readonly ILookup<string, Endpoint> _byWorkload =
        graph.Cluster.Endpoints.Where(e => !e.IsNode).SelectMany(e => WorkloadNames(e), (e, name) => (Name: $"{e.Namespace}/{name}", e))
            .ToLookup(x => x.Name, x => x.e, StringComparer.Ordinal);

    private readonly ServiceResolver _services = new(graph);

    public Stage<ResolvedFlow> Resolve(FlowRequest request)
    {
        var diagnostics = new List<Diagnostic>();
        var wanted = request.Family ?? request.Protocol switch
        {
            IpProtocol.Icmp => AddressFamily.IPv4,
            IpProtocol.IcmpV6 => AddressFamily.IPv6,
            _ => (AddressFamily?)null,
        };
        var highest = request.Protocol.IsIcmp() ? byte.MaxValue : ushort.MaxValue;
        if (request.Port < 0 || request.Port > highest)
        {
            diagnostics.Add(ExplainDiagnostics.PortOutOfRange.At(SourceSpan.None, request.Port, request.Protocol.Name(), highest));
        }

        var from = ResolveEnd(request.From, wanted, diagnostics);
        if (FlowReference.Parse(request.To) is FlowReference.Service reference)
        {
            return _services.Find(reference.Namespace, reference.Name) is { } service
                ? diagnostics.Count > 0 ? Failed(diagnostics) : ToService(request, from, service, wanted, diagnostics)
                : Failed([.. diagnostics, ExplainDiagnostics.UnknownService.At(SourceSpan.None, request.To)]);
        }

        var to = ResolveEnd(request.To, wanted, diagnostics);
        if (diagnostics.Count > 0)
        {
            return Failed(diagnostics);
        }

        var flows = ImmutableArray.CreateBuilder<Flow>();
        ServiceFrontend? frontend = null;
        foreach (var (source, destination) in from.SelectMany(_ => to, (s, d) => (s, d)))
        {
            var family = request.Family ?? FamilyOf(request.Protocol, source, destination);
            if (Mismatch(source, destination, family) is { } odd)
            {
                // An end with addresses of both families has some of the other one.
                if (from.Length == 1 && to.Length == 1)
                {
                    return Failed([ExplainDiagnostics.FamilyMismatch.At(SourceSpan.None, odd, family, request.Protocol.Name())]);
                }

                continue;
            }

            var sender = In(source, family);
            if (destination.Address is { } address && request.Protocol.HasPorts() && _services.Translate(address, request.Protocol, request.Port) is { } service)
            {
                frontend = service;
                flows.AddRange(service.Backends.Select(b => new Flow(sender, b.End, family, request.Protocol, b.Port)));
            }
            else
            {
                flows.Add(new Flow(sender, In(destination, family), family, request.Protocol, request.Port));
            }
        }

        return Stage.Of(new ResolvedFlow(flows.ToImmutable(), frontend));
    }

    private Stage<ResolvedFlow> ToService(
        FlowRequest request, ImmutableArray<FlowPeer> from, Service service, AddressFamily? wanted, List<Diagnostic> diagnostics)
    {
        var family = wanted ?? from.Select(f => f.Address?.Family).FirstOrDefault(f => f is not null)
            ?? service.ClusterAddresses.Select(a => (AddressFamily?)a.Family).FirstOrDefault() ?? AddressFamily.IPv4;
        if (from.FirstOrDefault(f => f.Address is { } a && a.Family != family).Address is { } odd)
        {
            diagnostics.Add(ExplainDiagnostics.FamilyMismatch.At(SourceSpan.None, odd, family, request.Protocol.Name()));
            return Failed(diagnostics);
        }

        var frontend = _services.Translate(service, family, request.Protocol, request.Port);
        return Stage.Of(new ResolvedFlow(
            [.. from.SelectMany(f => frontend.Backends.Select(b => new Flow(In(f, family), b.End, family, request.Protocol, b.Port)))], frontend));
    }

    private ImmutableArray<FlowPeer> ResolveEnd(string text, AddressFamily? wanted, List<Diagnostic> diagnostics)
    {
        switch (FlowReference.Parse(text))
        {
            case FlowReference.Address address:
                return [new FlowPeer(graph.EndpointAt(address.Value), address.Value)];
            case FlowReference.Endpoint when _byReference.TryGetValue(text, out var endpoint):
                return OfEndpoint(endpoint, text, wanted, diagnostics);
            case FlowReference.Endpoint when _byWorkload.Contains(text):
                return [.. _byWorkload[text].SelectMany(e => OfEndpoint(e, text, wanted, diagnostics)).Distinct()];
            case FlowReference.Endpoint:
                var near = Closest(text);
                diagnostics.Add(ExplainDiagnostics.UnknownEndpoint.At(SourceSpan.None, text, near is null ? "" : $"; did you mean {near}?"));
                return [];
            case FlowReference.Node node:
                var found = graph.Cluster.Nodes.FirstOrDefault(n => n.Name == node.Name);
                if (found is null or { Addresses.IsEmpty: true })
                {
                    diagnostics.Add(ExplainDiagnostics.UnknownNode.At(SourceSpan.None, node.Name));
                    return [];
                }

                return [new FlowPeer(null, found.Addresses.FirstOrDefault(a => a.Family == (wanted ?? a.Family), found.Addresses[0]))];
            case FlowReference.DnsName name:
                var records = graph.Cluster.DnsRecords.FirstOrDefault(r => r.Name == name.Name)?.Addresses ?? [];
                return records.IsEmpty
                    ? [new FlowPeer(null, null) { Name = name.Name }]
                    : [.. records.Where(a => a.Family == (wanted ?? a.Family)).Select(a => new FlowPeer(graph.EndpointAt(a), a) { Name = name.Name })];
            case FlowReference.Entity { Value: Entity.KubeApiServer } when ApiServer(wanted) is { IsEmpty: false } addresses:
                return [.. addresses.Select(a => new FlowPeer(graph.EndpointAt(a), a))];
            case FlowReference.Entity entity:
                return [new FlowPeer(null, null) { Entity = entity.Value }];
            default:
                diagnostics.Add(ExplainDiagnostics.BadReference.At(SourceSpan.None, text, FlowReference.Forms));
                return [];
        }
    }

    private ImmutableArray<FlowPeer> OfEndpoint(Endpoint endpoint, string text, AddressFamily? wanted, List<Diagnostic> diagnostics)
    {
        // A host-network pod is its node as far as policy is concerned: only its address counts.
        if (!endpoint.HostNetwork)
        {
            return [new FlowPeer(endpoint, null)];
        }

        // Without one of its own, that is its node's; a made-up one would hide that the node always gets in.
        var addresses = graph.HostAddresses(endpoint);
        if (addresses.IsEmpty)
        {
            diagnostics.Add(ExplainDiagnostics.NoAddress.At(endpoint.Span, text));
            return [];
        }

        return [new FlowPeer(null, addresses.FirstOrDefault(a => a.Family == wanted, addresses[0]))];
    }

    private ImmutableArray<IpAddress> ApiServer(AddressFamily? wanted) =>
        [.. (_services.Find(ApiServerNamespace, ApiServerName)?.BackendAddresses ?? []).Where(a => a.Family == (wanted ?? a.Family))];

    /// <summary>Its owner's, and that of the Deployment whose ReplicaSet the owner is.</summary>
    private static IEnumerable<string> WorkloadNames(Endpoint pod) =>
        pod.DeploymentName is { } deployment ? [pod.WorkloadName, deployment] : [pod.WorkloadName];

    private string? Closest(string text)
    {
        var name = text[(text.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return graph.Cluster.Endpoints.Where(e => e.Name == name || e.Name.StartsWith(name, StringComparison.Ordinal)
            || name.StartsWith(e.Name, StringComparison.Ordinal)).Select(e => e.Reference).FirstOrDefault();
    }

    private static AddressFamily FamilyOf(IpProtocol protocol, FlowPeer from, FlowPeer to)
    {
        if (protocol.IsIcmp())
        {
            return protocol == IpProtocol.Icmp ? AddressFamily.IPv4 : AddressFamily.IPv6;
        }

        if ((from.Address ?? to.Address) is { } stated)
        {
            return stated.Family;
        }

        // An end without addresses goes with either family.
        ImmutableArray<AddressFamily> Families(FlowPeer end) => end switch
        {
            { Endpoint: { } endpoint } => [.. endpoint.Addresses.Select(a => a.Family)],
            { Entity: Entity.WorldIPv6 } => [AddressFamily.IPv6],
            { Entity: Entity.WorldIPv4 } => [AddressFamily.IPv4],
            _ => [AddressFamily.IPv4, AddressFamily.IPv6],
        };
        return Families(from).Intersect(Families(to)).Append(AddressFamily.IPv4).First();
    }

    private static object? Mismatch(FlowPeer from, FlowPeer to, AddressFamily family)
    {
        foreach (var end in new[] { from, to })
        {
            if ((end.Address is { } stated && stated.Family != family)
                || end.Entity == (family == AddressFamily.IPv4 ? Entity.WorldIPv6 : Entity.WorldIPv4))
            {
                return end;
            }
        }

        return null;
    }

    /// <summary>The end in a family: with the pod's address, or as the world of that family.</summary>
    private static FlowPeer In(FlowPeer end, AddressFamily family)
    {
        if (end.Endpoint is { } endpoint)
        {
            return end with { Address = end.Address ?? endpoint.Address(family) };
        }

        var isWorld = end.Address is null && (end.Name is not null || end.Entity == Entity.World);
        return isWorld ? end with { Entity = family == AddressFamily.IPv4 ? Entity.WorldIPv4 : Entity.WorldIPv6 } : end;
    }

    private static Stage<ResolvedFlow> Failed(List<Diagnostic> diagnostics) => Stage.Of<ResolvedFlow>(null, diagnostics);
}
