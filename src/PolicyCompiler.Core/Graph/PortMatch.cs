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

    /// <summary>Inclusive range of ports of one protocol.</summary>
    public sealed record Range(IpProtocol Protocol, ushort First, ushort Last, SourceSpan Span) : PortMatch
    {
        public override string ToString() => (First, Last) switch
        {
            (0, ushort.MaxValue) => Protocol.Name(),
            _ when First == Last => string.Create(CultureInfo.InvariantCulture, $"{Protocol.Name()} {First}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Protocol.Name()} {First}-{Last}"),
        };
    }

    /// <summary>The container port of that name and protocol at the flow's destination.</summary>
    public sealed record Named(IpProtocol Protocol, string Name, SourceSpan Span) : PortMatch
    {
        public override string ToString() => $"{Protocol.Name()} port '{Name}'";
    }
}
