using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>Ports and ICMP types of a Cilium rule.</summary>
internal static class CiliumPortLowering
{
    private static readonly IpProtocol[] Proxied = [IpProtocol.Tcp, IpProtocol.Udp];

    /// <summary>What the item says of ports without a proxy; empty if a proxy serves all of it.</summary>
    public static ImmutableArray<PortMatch> Plain(CiliumRuleItem item) => item switch
    {
        { ToPorts.IsEmpty: true, Icmps.IsEmpty: true } => [new PortMatch.All()],
        { ToPorts.IsEmpty: true } => [.. item.Icmps.Select(Icmp)],
        _ => [.. item.ToPorts.Where(p => p.Proxy is null).SelectMany(p => Of(p))],
    };

    public static ImmutableArray<PortMatch> Of(CiliumPortRule rule) =>
        rule.Ports.IsEmpty ? [new PortMatch.All()] : [.. rule.Ports.SelectMany(Of)];

    /// <summary>
    /// The same for a rule that a proxy serves: what it can read is TCP and UDP, so nothing else is part of the rule. Empty if
    /// the rule names other protocols only.
    /// </summary>
    public static ImmutableArray<PortMatch> OfProxied(CiliumPortRule rule) => [.. Of(rule).SelectMany(port => port switch
    {
        PortMatch.All => Proxied.Select(PortMatch (p) => new PortMatch.Range(p, 0, ushort.MaxValue, rule.Span)),
        PortMatch.Named { Protocol: null } named => Proxied.Select(PortMatch (p) => named with { Protocol = p }),
        PortMatch.Range range => Proxied.Contains(range.Protocol) ? [range] : [],
        PortMatch.Named named => Proxied.Contains(named.Protocol!.Value) ? [named] : [],
        _ => (IEnumerable<PortMatch>)[],
    })];

    private static IEnumerable<PortMatch> Of(CiliumPort port)
    {
        if (port.Name is { } name)
        {
            return [new PortMatch.Named(port.Protocol, name, port.Span)];
        }

        var first = port.Number ?? 0;
        if (port.Protocol is { } protocol)
        {
            return [Range(protocol, first, port)];
        }

        // ANY with a port is each protocol that has ports; without one it is all traffic.
        return first == 0 ? [new PortMatch.All()] : IpProtocols.Transport.Select(p => Range(p, first, port));
    }

    private static PortMatch.Range Range(IpProtocol protocol, ushort first, CiliumPort port) =>
        first > 0 ? new PortMatch.Range(protocol, first, port.EndPort is { } end && end > first ? end : first, port.Span)
        : new PortMatch.Range(protocol, 0, protocol.IsIcmp() ? byte.MaxValue : ushort.MaxValue, port.Span);

    /// <summary>Type 0 is a type like others here, not every type; see docs/semantics.md.</summary>
    private static PortMatch.Range Icmp(CiliumIcmp icmp) =>
        new(icmp.Family == AddressFamily.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6, icmp.Type, icmp.Type, icmp.Span);
}
