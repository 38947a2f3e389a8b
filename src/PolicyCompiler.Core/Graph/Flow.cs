using System.Globalization;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>The first packet of a connection.</summary>
/// <param name="Source">Who opens it.</param>
/// <param name="Destination">Who is addressed, after service translation.</param>
/// <param name="Family">Family of both addresses.</param>
/// <param name="Protocol">IP protocol.</param>
/// <param name="Port">Destination port; the type for ICMP and ICMPv6; 0 for protocols without ports.</param>
public sealed record Flow(FlowPeer Source, FlowPeer Destination, AddressFamily Family, IpProtocol Protocol, int Port)
{
    /// <summary>The end whose policies decide in a direction: the source's at egress, the destination's at ingress.</summary>
    public FlowPeer Local(Direction direction) => direction == Direction.Ingress ? Destination : Source;

    /// <summary>The end that those policies ask about.</summary>
    public FlowPeer Remote(Direction direction) => direction == Direction.Ingress ? Source : Destination;

    public override string ToString() => Protocol.IsIcmp()
        ? string.Create(CultureInfo.InvariantCulture, $"{Source} -> {Destination} {Protocol.Name()} type {Port}")
        : Protocol.HasPorts() ? string.Create(CultureInfo.InvariantCulture, $"{Source} -> {Destination} {Protocol.Name()}/{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Source} -> {Destination} protocol {(byte)Protocol}");
}
