using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Core.Assertions;

/// <summary>Where the ports of rules begin and end, as the port keys at which something new starts.</summary>
internal static class PortBoundaries
{
    private static readonly int[] Protocols =
    [
        .. IpProtocols.Transport.Select(p => PortKey.Of(p, 0)),
        .. Enumerable.Range(PortKey.IcmpBase, PortKey.ProtocolBase - PortKey.IcmpBase),
        .. Enumerable.Range(PortKey.ProtocolBase, 256),
    ];

    /// <param name="rules">The rules.</param>
    /// <param name="destination">Where port names are looked up.</param>
    public static IEnumerable<int> Of(IEnumerable<Rule> rules, FlowPeer destination) => rules.SelectMany(r => r.Ports).Distinct()
        .SelectMany(port => port switch
        {
            PortMatch.Range range when range.Protocol.HasPorts() => Around(range.Protocol, range.First, range.Last),
            PortMatch.Named named => (destination.Endpoint?.NamedPorts ?? []).Where(named.Is).SelectMany(p => Around(p.Protocol, p.Number, p.Number)),
            _ => [],
        })
        .Concat(Protocols);

    private static IEnumerable<int> Around(IpProtocol protocol, int first, int last) => [PortKey.Of(protocol, first), PortKey.Of(protocol, last) + 1];
}
