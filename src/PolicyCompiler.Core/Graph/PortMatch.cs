using System.Globalization;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>Protocol and destination port, as a rule names them.</summary>
public abstract record PortMatch
{
    private PortMatch()
    {
    }

    /// <summary>All traffic of every IP protocol.</summary>
    public sealed record All : PortMatch
    {
        public override string ToString() => "all traffic";
    }

    /// <summary>
    /// Inclusive range of ports of one protocol; for ICMP and ICMPv6 of types, for protocols without ports 0 to 65535.
    /// </summary>
    public sealed record Range(IpProtocol Protocol, ushort First, ushort Last, SourceSpan Span) : PortMatch
    {
        public override string ToString() => (First, Last) switch
        {
            (0, ushort.MaxValue) => Protocol.Name(),
            (0, byte.MaxValue) when Protocol.IsIcmp() => Protocol.Name(),
            _ when Protocol.IsIcmp() => string.Create(CultureInfo.InvariantCulture, $"{Protocol.Name()} type {First}"),
            _ when First == Last => string.Create(CultureInfo.InvariantCulture, $"{Protocol.Name()} {First}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Protocol.Name()} {First}-{Last}"),
        };
    }

    /// <summary>The container port of that name at the flow's destination.</summary>
    /// <param name="Protocol">Null: whatever protocol the container port has.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Span">Where it is written.</param>
    public sealed record Named(IpProtocol? Protocol, string Name, SourceSpan Span) : PortMatch
    {
        /// <summary>Whether the name stands for this container port.</summary>
        public bool Is(NamedPort port) => (Protocol is null || port.Protocol == Protocol) && port.Name == Name;

        public override string ToString() => Protocol is { } protocol ? $"{protocol.Name()} port '{Name}'" : $"port '{Name}'";
    }

    /// <summary>Where it is written; unknown where nothing is.</summary>
    public SourceSpan Written => this switch
    {
        Range range => range.Span,
        Named named => named.Span,
        _ => SourceSpan.None,
    };
}
