using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;

namespace PolicyCompiler.Core.Lint;

/// <summary>What an author can delete: an item of a list of rules, or a policy as a whole.</summary>
public sealed record RemovableUnit
{
    /// <summary>The policy.</summary>
    public required PolicyNode Policy { get; init; }

    /// <summary>As in <c>ingress[0]</c> or <c>specs[1].egressDeny[0]</c>; null for the whole policy.</summary>
    public required string? Place { get; init; }

    /// <summary>What goes with it; empty for an item that allows and denies nobody.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>That the policy isolates its subject rests on this item and its like: the last of them takes it along.</summary>
    public bool HoldsIngressIsolation { get; init; }

    /// <summary>Likewise.</summary>
    public bool HoldsEgressIsolation { get; init; }

    /// <summary>The list item, or the policy's name.</summary>
    public required SourceSpan Span { get; init; }

    public bool IsPolicy => Place is null;

    public bool HoldsIsolation(Direction direction) => direction == Direction.Ingress ? HoldsIngressIsolation : HoldsEgressIsolation;

    public override string ToString() => Place is null ? $"{Policy.Kind} {Policy.Reference}" : $"{Policy.Kind} {Policy.Reference} {Place}";
}
