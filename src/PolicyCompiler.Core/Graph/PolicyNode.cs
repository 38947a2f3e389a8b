using System.Collections.Immutable;
using PolicyCompiler.Core.Diagnostics;
using PolicyCompiler.Core.Model;

namespace PolicyCompiler.Core.Graph;

/// <summary>One policy in the graph: whom it is for, whether it isolates them, and its rules.</summary>
/// <param name="Index">Index in <see cref="RuleGraph.Policies"/>.</param>
/// <param name="Kind">The Kubernetes kind.</param>
/// <param name="Namespace">Empty for a cluster-scoped kind.</param>
/// <param name="Name">metadata.name.</param>
/// <param name="Tier">When it is asked.</param>
/// <param name="Subject">The endpoints it is for.</param>
/// <param name="IsolatesIngress">What no rule allows into the subject is denied.</param>
/// <param name="IsolatesEgress">What no rule allows out of the subject is denied.</param>
/// <param name="Rules">Rules of both directions, ingress first; rules that can never apply are not among them.</param>
/// <param name="Span">Where its name stands.</param>
public sealed record PolicyNode(
    int Index,
    string Kind,
    string Namespace,
    string Name,
    Tier Tier,
    EndpointSelector Subject,
    bool IsolatesIngress,
    bool IsolatesEgress,
    ImmutableArray<Rule> Rules,
    SourceSpan Span)
{
    /// <summary><c>namespace/name</c>, or the name alone for a cluster-scoped kind.</summary>
    public string Reference => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";

    public bool Isolates(Direction direction) => direction == Direction.Ingress ? IsolatesIngress : IsolatesEgress;
}
