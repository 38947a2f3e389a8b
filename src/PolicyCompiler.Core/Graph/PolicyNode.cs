using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>
/// One policy in the graph: whom it is for, whether it isolates them, and its rules. An object with several specs is
/// several policies.
/// </summary>
public sealed record PolicyNode
{
    /// <summary>Index in <see cref="RuleGraph.Policies"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The Kubernetes kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Empty for a cluster-scoped kind.</summary>
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>When it is asked.</summary>
    public required Tier Tier { get; init; }

    /// <summary>Within the tier, lower first; 0 in the normal tier, which knows no order.</summary>
    public int Priority { get; init; }

    public required PolicySubject Subject { get; init; }

    /// <summary>What no rule allows into the subject is denied.</summary>
    public bool IsolatesIngress { get; init; }

    /// <summary>What no rule allows out of the subject is denied.</summary>
    public bool IsolatesEgress { get; init; }

    /// <summary>Rules of both directions, ingress first; rules that can never apply are not among them.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>Where its name stands.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary><c>namespace/name</c>, or the name alone for a cluster-scoped kind.</summary>
    public string Reference => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";

    public bool Isolates(Direction direction) => direction == Direction.Ingress ? IsolatesIngress : IsolatesEgress;

    /// <summary>Whether it has a say in what its subject may do in this direction.</summary>
    public bool Concerns(Direction direction) => Isolates(direction) || Rules.Any(r => r.Direction == direction);
}
