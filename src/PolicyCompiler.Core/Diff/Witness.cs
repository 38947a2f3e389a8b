using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Diff;

/// <summary>One flow that a difference is about.</summary>
/// <param name="Source">Who opens it.</param>
/// <param name="Destination">Who is addressed.</param>
/// <param name="Family">Family of both addresses.</param>
/// <param name="Protocol">IP protocol.</param>
/// <param name="Port">Destination port; the type for ICMP; 0 for protocols without ports.</param>
/// <param name="Old">The flow on the old side; null where it has none, or none that one flow can state.</param>
/// <param name="New">The same for the new side.</param>
public sealed record Witness(string Source, string Destination, AddressFamily Family, IpProtocol Protocol, int Port, Flow? Old, Flow? New)
{
    public override string ToString() => new Flow(default, default, Family, Protocol, Port).ToString().Replace("- -> -", $"{Source} -> {Destination}", StringComparison.Ordinal);
}
