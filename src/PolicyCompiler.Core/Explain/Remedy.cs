using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Explain;

/// <summary>A change that would let a denied side of a flow through. Each was tried on the rule graph.</summary>
/// <param name="Kind">What is changed.</param>
/// <param name="Text">The change, in words.</param>
/// <param name="Span">Where to make it.</param>
/// <param name="Yaml">What to write there; null when something is to be taken away, or when it is not in the policy.</param>
public sealed record Remedy(RemedyKind Kind, string Text, SourceSpan Span, string? Yaml)
{
    /// <summary>The rules to be changed or taken away.</summary>
    public ImmutableArray<RuleId> Rules { get; init; } = [];

    /// <summary>The other end as it would be with the new labels.</summary>
    public Endpoint? Changed { get; init; }

    /// <summary>False when a default deny stands behind: the remedies after it are needed too.</summary>
    public bool Suffices { get; init; } = true;
}
