using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>The peers of an item of a Cilium rule.</summary>
internal sealed class CiliumPeerLowering(ClusterView cluster, List<Diagnostic> diagnostics)
{
    private const string ApiServerNamespace = "default";

    private const string ApiServerName = "kubernetes";

    private readonly ImmutableArray<IpAddress> _apiServer =
        [.. cluster.Services.Where(s => s is { Namespace: ApiServerNamespace, Name: ApiServerName }).SelectMany(s => s.BackendAddresses)];

    /// <returns>Empty: the item allows or denies nobody.</returns>
    public ImmutableArray<Peer> Lower(CiliumRuleItem item, CiliumSelectorScope scope)
    {
        if (item.Endpoints is { IsEmpty: true } || item.Nodes is { IsEmpty: true } || item.Entities is { IsEmpty: true }
            || item.Cidrs is { IsEmpty: true } || item.CidrSets is { IsEmpty: true } || item.Services is { IsEmpty: true })
        {
            // A list that is there and empty selects nobody (cilium: pkg/policy/utils).
            return [];
        }

        if (item is { Endpoints: null, Nodes: null, Entities: null, Cidrs: null, CidrSets: null, Services: null, Names: null })
        {
            // Ports alone are for everyone; nothing at all only switches the default deny on.
            return item.ToPorts.IsEmpty && item.Icmps.IsEmpty ? [] : [new Peer.Any()];
        }

        return
        [
            .. (item.Endpoints ?? []).SelectMany(s => Selected(s, scope))
                .Concat((item.Entities ?? []).SelectMany(Named))
                .Concat((item.Nodes ?? []).Select(s => new Peer.Nodes(s)))
                .Concat((item.Cidrs ?? []).Select(b => new Peer.Cidr(b, AddressScope.Outside)))
                .Concat((item.CidrSets ?? []).SelectMany(Blocks))
                .Concat((item.Services ?? []).SelectMany(Backends))
                .Concat((item.Names ?? []).Select(n => new Peer.Names(n)))
                .Distinct(),
        ];
    }

    private IEnumerable<Peer> Selected(CiliumSelector selector, CiliumSelectorScope scope)
    {
        // The label of a block names the block.
        if (selector.Requirements is [{ Source: "cidr", Requirement: var only }] && IpPrefix.TryParse(only.Key, out var prefix, out _)
            && only.Operator is SelectorOperator.Exists or SelectorOperator.In)
        {
            return [new Peer.Cidr(new IpBlock(prefix, [], selector.Span), AddressScope.Outside)];
        }

        if (selector.Requirements.FirstOrDefault(r => r.Source is not ("any" or "k8s" or "reserved")) is { Source: { } source })
        {
            diagnostics.Add(GraphDiagnostics.SelectorSource.At(selector.Span, source));
            return [];
        }

        var namesApiServer = selector.Requirements.Any(r => r.Requirement.Key == Entity.KubeApiServer.Name()
            && r.Requirement.Operator is SelectorOperator.In or SelectorOperator.Exists);
        return CiliumSelectorLowering.Peers(selector, scope).SelectMany(p => namesApiServer && p is Peer.Reserved reserved ? WithAddresses(reserved) : [p]);
    }

    private IEnumerable<Peer> Named(CiliumEntity written) => written.Entity switch
    {
        Entity.All => [new Peer.Any()],
        Entity.None => [],
        Entity.Cluster =>
        [
            new Peer.Endpoints(new EndpointSelector(null, LabelSelector.Everything, LabelSelector.Everything, written.Span)),
            .. Entities.Reserved.SelectMany(e => WithAddresses(new Peer.Reserved(e, written.Span))),
        ],
        _ => WithAddresses(new Peer.Reserved(written.Entity, written.Span)),
    };

    /// <summary>The API server has known addresses besides: those of its service.</summary>
    private IEnumerable<Peer> WithAddresses(Peer.Reserved peer) => peer.Entity == Entity.KubeApiServer
        ? [peer, .. _apiServer.Select(a => Address(a, AddressScope.Everywhere, peer.Written))]
        : [peer];

    private IEnumerable<Peer> Blocks(CiliumCidrRule rule)
    {
        if (rule.Cidr is { } cidr)
        {
            return [Block(cidr)];
        }

        var groups = rule.GroupName is { } name
            ? cluster.CidrGroups.Where(g => g.Name == name)
            : cluster.CidrGroups.Where(g => rule.GroupSelector!.Matches(g.Labels));
        var found = groups.ToList();
        if (found.Count == 0)
        {
            diagnostics.Add(GraphDiagnostics.NoCidrGroup.At(rule.Span, rule.GroupName ?? rule.GroupSelector!.ToString()));
        }

        // Of a group, an exception may lie in a block, or around it.
        return found.SelectMany(g => g.Blocks).Where(b => !rule.Except.Any(e => e.Contains(b))).Select(Block);

        Peer Block(IpPrefix prefix) =>
            new Peer.Cidr(new IpBlock(prefix, [.. rule.Except.Where(e => prefix.Contains(e))], rule.Span), AddressScope.Outside);
    }

    /// <summary>A service without a selector stands for the addresses of its endpoints, which cannot be pods.</summary>
    private IEnumerable<Peer> Backends(CiliumServiceReference reference)
    {
        var found = cluster.Services.Where(s => (reference.Namespace.Length == 0 || s.Namespace == reference.Namespace)
            && (reference.Name is { } name ? s.Name == name : reference.Selector!.Matches(s.Labels))).ToList();
        if (found.Count == 0)
        {
            diagnostics.Add(GraphDiagnostics.NoService.At(reference.Span, reference.Name ?? reference.Selector!.ToString()));
        }

        return found.SelectMany(service => service.Selector.Count > 0
            ? [new Peer.Endpoints(new EndpointSelector(service.Namespace, null, SelectorOf(service.Selector, reference.Span), reference.Span))]
            : service.BackendAddresses.Select(a => Address(a, AddressScope.Outside, reference.Span)));
    }

    private static LabelSelector SelectorOf(LabelSet labels, SourceSpan span) =>
        new([.. labels.Select(l => new LabelRequirement(l.Key, SelectorOperator.In, [l.Value], span))], span);

    private static Peer Address(IpAddress address, AddressScope scope, SourceSpan span) =>
        new Peer.Cidr(new IpBlock(new IpPrefix(address, address.Bits), [], span), scope);
}
