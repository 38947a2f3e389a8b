using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>The other side of a flow, as a rule names it.</summary>
public abstract record Peer
{
    private Peer()
    {
    }

    /// <summary>Everyone, inside the cluster and outside.</summary>
    public sealed record Any : Peer
    {
        public override string ToString() => "anyone";
    }

    public sealed record Endpoints(EndpointSelector Selector) : Peer
    {
        public override string ToString() => Selector.ToString();
    }

    public sealed record Cidr(IpBlock Block) : Peer
    {
        public override string ToString() => Block.ToString();
    }

    /// <summary>Where it is written; unknown for a peer that a missing list implies.</summary>
    public SourceSpan Span => this switch
    {
        Endpoints e => e.Selector.Span,
        Cidr c => c.Block.Span,
        _ => SourceSpan.None,
    };
}
