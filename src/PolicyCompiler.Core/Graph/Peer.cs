using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>The other side of a flow, as a rule names it. Equality ignores where it is written.</summary>
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

    /// <summary>Pods.</summary>
    public sealed record Endpoints(EndpointSelector Selector) : Peer
    {
        public override string ToString() => Selector.ToString();
    }

    public sealed record Cidr(IpBlock Block, AddressScope Scope) : Peer
    {
        public override string ToString() => Block.ToString();
    }

    /// <summary>
    /// An entity that is not made of others: world and its families, or a reserved identity. The builder writes
    /// <c>all</c> as <see cref="Any"/>, and <c>cluster</c> as its parts.
    /// </summary>
    public sealed record Reserved(Entity Entity, SourceSpan Written) : Peer
    {
        public bool Equals(Reserved? other) => other is not null && Entity == other.Entity;

        public override int GetHashCode() => (int)Entity;

        public override string ToString() => $"entity {Entity.Name()}";
    }

    /// <summary>All addresses of the nodes that the selector selects by node labels.</summary>
    public sealed record Nodes(LabelSelector Selector) : Peer
    {
        public override string ToString() => $"nodes {Selector}";
    }

    /// <summary>Addresses outside the cluster that the name service gives for a name of the pattern.</summary>
    public sealed record Names(NamePattern Pattern) : Peer
    {
        public override string ToString() => $"addresses of {Pattern}";
    }

    /// <summary>Where it is written; unknown for a peer that a missing list implies.</summary>
    public SourceSpan Span => this switch
    {
        Endpoints e => e.Selector.Span,
        Cidr c => c.Block.Span,
        Reserved r => r.Written,
        Nodes n => n.Selector.Span,
        Names n => n.Pattern.Span,
        _ => SourceSpan.None,
    };
}
