using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Admin;

/// <summary>An item of from or to.</summary>
/// <param name="Span">The list item.</param>
public abstract record AdminPeer(SourceSpan Span)
{
    public sealed record Pods(AdminPods Selector, SourceSpan Span) : AdminPeer(Span);

    /// <summary>Egress only: every address of the nodes.</summary>
    public sealed record Nodes(LabelSelector Selector, SourceSpan Span) : AdminPeer(Span);

    /// <summary>Egress only: addresses in and outside of the cluster.</summary>
    public sealed record Networks(ImmutableArray<IpPrefix> Blocks, SourceSpan Span) : AdminPeer(Span);

    /// <summary>
    /// Egress Allow only. <c>*.x.y</c> is one or more labels below <c>x.y</c>, so it is kept as the pattern <c>**.x.y</c>.
    /// </summary>
    public sealed record DomainNames(ImmutableArray<NamePattern> Names, SourceSpan Span) : AdminPeer(Span);
}
