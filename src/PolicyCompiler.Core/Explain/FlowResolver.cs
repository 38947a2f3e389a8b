using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Explain;

/// <summary>Names and addresses -> a flow between endpoints of the graph.</summary>
public sealed class FlowResolver(RuleGraph graph)
{
    private readonly Dictionary<string, Endpoint> _byReference = graph.Cluster.Endpoints
        .GroupBy(e => e.Reference, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    private readonly ILookup<string, Endpoint> _byWorkload =
        graph.Cluster.Endpoints.ToLookup(e => $"{e.Namespace}/{e.WorkloadName}", StringComparer.Ordinal);

    public Stage<Flow> Resolve(FlowRequest request)
    {
        var diagnostics = new List<Diagnostic>();
        var wanted = request.Family ?? request.Protocol switch
        {
            IpProtocol.Icmp => AddressFamily.IPv4,
            IpProtocol.IcmpV6 => AddressFamily.IPv6,
            _ => (AddressFamily?)null,
        };
        var from = ResolveEnd(request.From, wanted, diagnostics);
        var to = ResolveEnd(request.To, wanted, diagnostics);
        var highest = request.Protocol.IsIcmp() ? byte.MaxValue : ushort.MaxValue;
        if (request.Port < 0 || request.Port > highest)
        {
            diagnostics.Add(ExplainDiagnostics.PortOutOfRange.At(SourceSpan.None, request.Port, request.Protocol.Name(), highest));
        }

        if (from is null || to is null || diagnostics.Count > 0)
        {
            return Stage.Of<Flow>(null, diagnostics);
        }

        var family = request.Family ?? FamilyOf(request.Protocol, from.Value, to.Value);
        foreach (var end in new[] { from.Value, to.Value })
        {
            if (end.Address is { } stated && stated.Family != family)
            {
                diagnostics.Add(ExplainDiagnostics.FamilyMismatch.At(SourceSpan.None, stated, family, request.Protocol.Name()));
                return Stage.Of<Flow>(null, diagnostics);
            }
        }

        return Stage.Of(new Flow(In(from.Value, family), In(to.Value, family), family, request.Protocol, request.Port));
    }

    private FlowPeer? ResolveEnd(string text, AddressFamily? wanted, List<Diagnostic> diagnostics)
    {
        switch (FlowReference.Parse(text))
        {
            case FlowReference.Address address:
                return new FlowPeer(graph.EndpointAt(address.Value), address.Value);
            case FlowReference.Endpoint when _byReference.TryGetValue(text, out var endpoint) || (endpoint = _byWorkload[text].FirstOrDefault()) is not null:
                // A host-network pod is its node as far as policy is concerned: only its address counts.
                if (!endpoint.HostNetwork)
                {
                    return new FlowPeer(endpoint, null);
                }

                // Without one of its own, that is its node's; a made-up one would hide that the node always gets in.
                var node = endpoint.HasSyntheticAddresses ? graph.NodeOf(endpoint) : null;
                var addresses = node is { Addresses.IsEmpty: false } ? node.Addresses : endpoint.Addresses;
                if (addresses.IsEmpty)
                {
                    diagnostics.Add(ExplainDiagnostics.NoAddress.At(endpoint.Span, text));
                    return null;
                }

                return new FlowPeer(null, addresses.FirstOrDefault(a => a.Family == wanted, addresses[0]));
            case FlowReference.Endpoint:
                var near = Closest(text);
                diagnostics.Add(ExplainDiagnostics.UnknownEndpoint.At(SourceSpan.None, text, near is null ? "" : $"; did you mean {near}?"));
                return null;
            default:
                diagnostics.Add(ExplainDiagnostics.BadReference.At(SourceSpan.None, text));
                return null;
        }
    }

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

        ImmutableArray<AddressFamily> Families(FlowPeer end) => [.. end.Endpoint!.Addresses.Select(a => a.Family)];
        return Families(from).Intersect(Families(to)).Append(AddressFamily.IPv4).First();
    }

    private static FlowPeer In(FlowPeer end, AddressFamily family) =>
        end.Endpoint is { } endpoint ? end with { Address = end.Address ?? endpoint.Address(family) } : end;
}
