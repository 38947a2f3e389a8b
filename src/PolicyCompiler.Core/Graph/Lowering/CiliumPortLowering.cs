using System.Collections.Immutable;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Core.Graph.Lowering;

/// <summary>Ports and ICMP types of a Cilium rule.</summary>
internal static class CiliumPortLowering
{
    /// <summary>What the item says of ports without a proxy; empty if a proxy serves all of it.</summary>
    public static ImmutableArray<PortMatch> Plain(CiliumRuleItem item) => item switch
    {
        { ToPorts.IsEmpty: true, Icmps.IsEmpty: true } => [new PortMatch.All()],
        { ToPorts.IsEmpty: true } => [.. item.Icmps.Select(Icmp)],
        _ => [.. item.ToPorts.Where(p => p.Proxy is null).SelectMany(p => Of(p))],
    };

    public static ImmutableArray<PortMatch> Of(CiliumPortRule rule) =>
        rule.Ports.IsEmpty ? [new PortMatch.All()] : [.. rule.Ports.SelectMany(Of)];

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
