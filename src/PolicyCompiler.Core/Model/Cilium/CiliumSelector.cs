using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;

namespace PolicyCompiler.Core.Model.Cilium;

/// <summary>
/// A selector over labels with sources: all requirements must hold. Equality ignores the span.
/// </summary>
public sealed record CiliumSelector(ImmutableArray<CiliumRequirement> Requirements, SourceSpan Span)
{
    public bool Equals(CiliumSelector? other) => other is not null && Requirements.SequenceEqual(other.Requirements);

    public override int GetHashCode() => HashCode.Combine(Requirements.Length, Requirements.FirstOrDefault());

    public override string ToString() => Requirements.IsEmpty ? "{}" : string.Join(", ", Requirements);
}
