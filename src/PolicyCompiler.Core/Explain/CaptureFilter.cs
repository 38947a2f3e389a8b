using System.Globalization;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Explain;

/// <summary>Expressions for tcpdump and its like (pcap-filter(7)).</summary>
public static class CaptureFilter
{
    /// <summary>Matches the packets of the flow and of its replies; null when an end has no address.</summary>
    public static string? Of(Flow flow)
    {
        if (AddressOf(flow.Source, flow.Family) is not { } from || AddressOf(flow.Destination, flow.Family) is not { } to)
        {
            return null;
        }

        return flow.Protocol switch
        {
            IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp => Text(
                $"(src host {from} and dst host {to} and {flow.Protocol.Name().ToLowerInvariant()} dst port {flow.Port}) or (src host {to} and dst host {from} and {flow.Protocol.Name().ToLowerInvariant()} src port {flow.Port})"),
            IpProtocol.Icmp => $"icmp and {Between(from, to)}",
            IpProtocol.IcmpV6 => $"icmp6 and {Between(from, to)}",
            _ => Text($"{(flow.Family == AddressFamily.IPv4 ? "ip" : "ip6")} proto {(byte)flow.Protocol} and {Between(from, to)}"),
        };
    }

    /// <summary>The address of an end: stated, or the pod's own unless it was made up.</summary>
    public static IpAddress? AddressOf(FlowPeer end, AddressFamily family) =>
        end.Address ?? (end.Endpoint is { HasSyntheticAddresses: false } pod ? pod.Address(family) : null);

    private static string Between(IpAddress a, IpAddress b) => $"((src host {a} and dst host {b}) or (src host {b} and dst host {a}))";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
