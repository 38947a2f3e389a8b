using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Model.Admin;
using PolicyCompiler.Core.Model.Cilium;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>Ports of <see cref="ReferenceSemantics"/>: whether what is written matches the protocol and port of a flow.</summary>
internal static class ReferencePorts
{
    /// <summary>No list is all traffic; an item without a port is every port of its protocol.</summary>
    public static bool Matches(NetworkPolicyRule rule, Flow flow) => rule.Ports.IsEmpty || rule.Ports.Any(p =>
        (p.Protocol ?? IpProtocol.Tcp) == flow.Protocol
        && (p.Name is { } name ? Serves(flow, name) : p.Number is not { } number || (flow.Port >= number && flow.Port <= (p.EndPort ?? number))));

    public static bool Matches(AdminPort port, Flow flow) => (port.Protocol is null || port.Protocol == flow.Protocol)
        && (port.Name is { } name ? Serves(flow, name) : flow.Port >= port.First && flow.Port <= port.Last);

    /// <summary>Port 0 is every port; ANY with another one is that port of the protocols that have ports.</summary>
    public static bool Matches(CiliumPortRule rule, Flow flow) => (rule.Proxy is null || flow.Protocol is IpProtocol.Tcp or IpProtocol.Udp)
        && MatchesAny(rule, flow);

    private static bool MatchesAny(CiliumPortRule rule, Flow flow) => rule.Ports.IsEmpty || rule.Ports.Any(p =>
        (p.Protocol is null || p.Protocol == flow.Protocol)
        && (p.Name is { } name ? Serves(flow, name)
            : p.Number == 0 || (flow.Protocol.HasPorts() && flow.Port >= p.Number && flow.Port <= (p.EndPort ?? p.Number))));

    public static bool MatchesIcmps(CiliumRuleItem item, Flow flow) => item.Icmps.IsEmpty || item.Icmps.Any(i =>
        flow.Protocol == (i.Family == AddressFamily.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6) && flow.Port == i.Type);

    /// <summary>The destination is a pod with a container port of that name, protocol and number.</summary>
    private static bool Serves(Flow flow, string name) =>
        flow.Destination.Endpoint is { } pod && pod.NamedPorts.Contains(new NamedPort(name, flow.Protocol, (ushort)flow.Port));
}
